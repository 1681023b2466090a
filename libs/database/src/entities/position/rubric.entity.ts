import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Position } from './position.entity';

/** A version of how answers are judged; frozen once somebody has judged with it. */
@Entity('rubric')
@Unique('uq_rubric_version', ['organisationId', 'positionId', 'version'])
@ForeignKey(() => Position, ['organisationId', 'positionId'], ['organisationId', 'id'], {
  name: 'fk_rubric_position_id',
  onDelete: 'CASCADE',
})
export class Rubric {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_rubric' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_rubric' })
  id!: string;

  @Column('uuid', { name: 'position_id' })
  positionId!: string;

  @Column('integer', { name: 'version' })
  version!: number;

  @Column('timestamp with time zone', { name: 'frozen_at', precision: 3, nullable: true })
  frozenAt!: Date | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
