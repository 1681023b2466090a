import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Question } from '../position/question.entity';
import { CandidateSession } from './candidate-session.entity';
import { Interview } from './interview.entity';

/** Which device of a candidate may begin recordings: one per interview. */
@Entity('device_lease')
@Index('ix_device_lease_session', ['organisationId', 'sessionId'])
@Index('ix_device_lease_question', ['organisationId', 'questionId'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_device_lease_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => CandidateSession, ['organisationId', 'sessionId'], ['organisationId', 'id'], {
  name: 'fk_device_lease_session_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Question, ['organisationId', 'questionId'], ['organisationId', 'id'], {
  name: 'fk_device_lease_question_id',
  onDelete: 'CASCADE',
})
export class DeviceLease {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_device_lease' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'interview_id', primaryKeyConstraintName: 'pk_device_lease' })
  interviewId!: string;

  @Column('uuid', { name: 'session_id' })
  sessionId!: string;

  @Column('timestamp with time zone', { name: 'seen_at', precision: 3 })
  seenAt!: Date;

  /** What it shows. */
  @Column('uuid', { name: 'question_id', nullable: true })
  questionId!: string | null;

  @Column('boolean', { name: 'recording', default: false })
  recording!: boolean;
}
