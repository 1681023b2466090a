import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Interview } from '../interview/interview.entity';

/** What was decided about a candidate, and by whom. */
@Entity('decision')
@Unique('uq_decision_version', ['organisationId', 'interviewId', 'version'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_decision_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'decidedBy'], ['organisationId', 'id'], {
  name: 'fk_decision_decided_by',
})
@Check('ck_decision_outcome', "outcome IN ('advance', 'hold', 'reject')")
export class Decision {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_decision' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_decision' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('integer', { name: 'version' })
  version!: number;

  @Column('text', { name: 'outcome' })
  outcome!: 'advance' | 'hold' | 'reject';

  @Column('text', { name: 'reason' })
  reason!: string;

  @Column('text', { name: 'note', nullable: true })
  note!: string | null;

  @Column('uuid', { name: 'decided_by' })
  decidedBy!: string;

  @Column('timestamp with time zone', { name: 'decided_at', precision: 3, default: () => 'now()' })
  decidedAt!: Date;
}
