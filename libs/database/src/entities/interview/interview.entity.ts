import type { InterviewState } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Position } from '../position/position.entity';
import { Candidate } from './candidate.entity';

/** A candidate's pass through a position. */
@Entity('interview')
@Unique('uq_interview_attempt', ['organisationId', 'positionId', 'candidateId', 'attempt'])
@Unique('uq_interview_pseudonym', ['organisationId', 'positionId', 'pseudonym'])
@Unique('uq_interview_reference', ['organisationId', 'reference'])
@ForeignKey(() => Position, ['organisationId', 'positionId'], ['organisationId', 'id'], {
  name: 'fk_interview_position_id',
})
@ForeignKey(() => Candidate, ['organisationId', 'candidateId'], ['organisationId', 'id'], {
  name: 'fk_interview_candidate_id',
})
@ForeignKey(() => Member, ['organisationId', 'invitedBy'], ['organisationId', 'id'], {
  name: 'fk_interview_invited_by',
})
@ForeignKey(() => Member, ['organisationId', 'followUpMemberId'], ['organisationId', 'id'], {
  name: 'fk_interview_follow_up_member_id',
})
@ForeignKey(() => Member, ['organisationId', 'shortlistedBy'], ['organisationId', 'id'], {
  name: 'fk_interview_shortlisted_by',
})
@Check('ck_interview_state', "state IN ('invited', 'started', 'submitted', 'withdrawn')")
@Index('ix_interview_board', ['organisationId', 'positionId', 'invitedAt', 'id'])
@Index('ix_interview_candidate', ['organisationId', 'candidateId'])
@Index('ix_interview_started', ['organisationId', 'positionId'], { where: "state = 'started'" })
export class Interview {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_interview' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_interview' })
  id!: string;

  @Column('uuid', { name: 'position_id' })
  positionId!: string;

  @Column('uuid', { name: 'candidate_id' })
  candidateId!: string;

  @Column('smallint', { name: 'attempt', default: 1 })
  attempt!: number;

  @Column('text', { name: 'state', default: 'invited' })
  state!: InterviewState;

  @Column('text', { name: 'locale' })
  locale!: string;

  @Column('integer', { name: 'pseudonym' })
  pseudonym!: number;

  @Column('text', { name: 'reference' })
  reference!: string;

  @Column('text', { name: 'source', nullable: true })
  source!: string | null;

  @Column('uuid', { name: 'follow_up_member_id', nullable: true })
  followUpMemberId!: string | null;

  @Column('timestamp with time zone', { name: 'deadline_at', precision: 3, nullable: true })
  deadlineAt!: Date | null;

  @Column('uuid', { name: 'invited_by' })
  invitedBy!: string;

  @Column('timestamp with time zone', { name: 'invited_at', precision: 3, default: () => 'now()' })
  invitedAt!: Date;

  @Column('timestamp with time zone', { name: 'opened_at', precision: 3, nullable: true })
  openedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'started_at', precision: 3, nullable: true })
  startedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'submitted_at', precision: 3, nullable: true })
  submittedAt!: Date | null;

  @Column('boolean', { name: 'incomplete', default: false })
  incomplete!: boolean;

  @Column('timestamp with time zone', { name: 'withdrawn_at', precision: 3, nullable: true })
  withdrawnAt!: Date | null;

  @Column('timestamp with time zone', { name: 'reply_promised_at', precision: 3, nullable: true })
  replyPromisedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'shortlisted_at', precision: 3, nullable: true })
  shortlistedAt!: Date | null;

  @Column('uuid', { name: 'shortlisted_by', nullable: true })
  shortlistedBy!: string | null;

  @Column('timestamp with time zone', { name: 'erased_at', precision: 3, nullable: true })
  erasedAt!: Date | null;
}
