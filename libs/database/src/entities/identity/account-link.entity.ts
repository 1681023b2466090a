import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique, Index } from 'typeorm';
import { Member } from './member.entity';

/** A one-time link: first set-up, invitation of a member, new password. */
@Entity('account_link')
@Index('ix_account_link_member', ['organisationId', 'memberId'])
@Unique('uq_account_link_token', ['tokenHash'])
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_account_link_member_id',
  onDelete: 'CASCADE',
})
@Check('ck_account_link_purpose', "purpose IN ('set_up', 'invitation', 'password_reset')")
@Check('ck_account_link_member', "(purpose = 'set_up') = (member_id IS NULL)")
@Check('ck_account_link_organisation', '(member_id IS NULL) = (organisation_id IS NULL)')
export class AccountLink {
  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId!: string | null;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_account_link' })
  id!: string;

  @Column('text', { name: 'purpose' })
  purpose!: 'set_up' | 'invitation' | 'password_reset';

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('uuid', { name: 'member_id', nullable: true })
  memberId!: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column('timestamp with time zone', { name: 'used_at', precision: 3, nullable: true })
  usedAt!: Date | null;

  /** Made by the operator of the installation, who may have a password replaced that several organisations rely on. */
  @Column('boolean', { name: 'by_operator', default: false })
  byOperator!: boolean;
}
