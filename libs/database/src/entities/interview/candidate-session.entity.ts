import { Column, Entity, ForeignKey, PrimaryColumn, Unique, Index } from 'typeorm';
import { Interview } from './interview.entity';
import { Invitation } from './invitation.entity';

/** A candidate's browser, for one interview. */
@Entity('candidate_session')
@Index('ix_candidate_session_interview', ['organisationId', 'interviewId'])
@Unique('uq_candidate_session_token', ['tokenHash'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_candidate_session_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Invitation, ['organisationId', 'invitationId'], ['organisationId', 'id'], {
  name: 'fk_candidate_session_invitation_id',
  onDelete: 'CASCADE',
})
export class CandidateSession {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_candidate_session' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_candidate_session' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('uuid', { name: 'invitation_id' })
  invitationId!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('text', { name: 'device_browser', nullable: true })
  deviceBrowser!: string | null;

  @Column('text', { name: 'device_system', nullable: true })
  deviceSystem!: string | null;

  /** When windows were last issued to it, always before the deadline of that moment. */
  @Column('timestamp with time zone', { name: 'windows_issued_at', precision: 3, nullable: true })
  windowsIssuedAt!: Date | null;

  /** Its first sign of life after the deadline. */
  @Column('timestamp with time zone', { name: 'late_since', precision: 3, nullable: true })
  lateSince!: Date | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'last_seen_at', precision: 3, default: () => 'now()' })
  lastSeenAt!: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
