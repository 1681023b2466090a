import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Interview } from './interview.entity';
import { Invitation } from './invitation.entity';

/** A code that moves an interview to another device, once. Only its hash is kept. */
@Entity('hand_off_code')
@Unique('uq_hand_off_code_token', ['tokenHash'])
@Check('ck_hand_off_code_used', '(exchange_id IS NULL) = (used_at IS NULL)')
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_hand_off_code_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Invitation, ['organisationId', 'invitationId'], ['organisationId', 'id'], {
  name: 'fk_hand_off_code_invitation_id',
  onDelete: 'CASCADE',
})
@Index('ix_hand_off_code_interview', ['organisationId', 'interviewId'])
@Index('ix_hand_off_code_invitation', ['organisationId', 'invitationId'])
export class HandOffCode {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_hand_off_code' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_hand_off_code' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  /** Whose end ends the code and the sessions opened by it. */
  @Column('uuid', { name: 'invitation_id' })
  invitationId!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column('timestamp with time zone', { name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;

  /** The opening that used it: the same opening may ask again when it got no answer. */
  @Column('uuid', { name: 'exchange_id', nullable: true })
  exchangeId!: string | null;

  @Column('timestamp with time zone', { name: 'used_at', precision: 3, nullable: true })
  usedAt!: Date | null;
}
