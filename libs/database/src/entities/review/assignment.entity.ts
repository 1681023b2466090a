import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Answer } from '../media/answer.entity';
import { Round } from './round.entity';

/** That a member is asked to judge an answer. */
@Entity('assignment')
@Unique('uq_assignment_member', ['organisationId', 'roundId', 'answerId', 'memberId'])
@ForeignKey(() => Round, ['organisationId', 'roundId'], ['organisationId', 'id'], {
  name: 'fk_assignment_round_id',
})
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_assignment_answer_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_assignment_member_id',
})
@Check('ck_assignment_state', "state IN ('open', 'declined', 'done')")
@Index('ix_assignment_member', ['organisationId', 'memberId', 'state'])
@Index('ix_assignment_answer', ['organisationId', 'answerId'])
export class Assignment {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_assignment' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_assignment' })
  id!: string;

  @Column('uuid', { name: 'round_id' })
  roundId!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('uuid', { name: 'member_id' })
  memberId!: string;

  @Column('text', { name: 'state', default: 'open' })
  state!: 'open' | 'declined' | 'done';

  @Column('timestamp with time zone', { name: 'assigned_at', precision: 3, default: () => 'now()' })
  assignedAt!: Date;

  @Column('timestamp with time zone', { name: 'due_at', precision: 3 })
  dueAt!: Date;
}
