import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Position } from '../position/position.entity';

/** One pass of reviewing over a position. */
@Entity('round')
@Unique('uq_round_number', ['organisationId', 'positionId', 'number'])
@ForeignKey(() => Position, ['organisationId', 'positionId'], ['organisationId', 'id'], {
  name: 'fk_round_position_id',
})
@ForeignKey(() => Member, ['organisationId', 'closedBy'], ['organisationId', 'id'], {
  name: 'fk_round_closed_by',
})
@Check('ck_round_state', "state IN ('open', 'closed')")
export class Round {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_round' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_round' })
  id!: string;

  @Column('uuid', { name: 'position_id' })
  positionId!: string;

  @Column('smallint', { name: 'number' })
  number!: number;

  @Column('text', { name: 'state', default: 'open' })
  state!: 'open' | 'closed';

  @Column('smallint', { name: 'due_hours', default: 24 })
  dueHours!: number;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'closed_at', precision: 3, nullable: true })
  closedAt!: Date | null;

  @Column('uuid', { name: 'closed_by', nullable: true })
  closedBy!: string | null;
}
