import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account.entity';
import { Member } from './member.entity';

/** A signed-in browser of a member. Only the hash of its token is kept. */
@Entity('session')
@Unique('uq_session_token', ['tokenHash'])
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'fk_session_account' })
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_session_member_id',
  onDelete: 'CASCADE',
})
@Index('ix_session_account', ['accountId'])
@Index('ix_session_member', ['organisationId', 'memberId'])
export class Session {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_session' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_session' })
  id!: string;

  @Column('bytea', { name: 'token_hash' })
  tokenHash!: Buffer;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('uuid', { name: 'member_id' })
  memberId!: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'last_seen_at', precision: 3, default: () => 'now()' })
  lastSeenAt!: Date;

  @Column('timestamp with time zone', { name: 'expires_at', precision: 3 })
  expiresAt!: Date;
}
