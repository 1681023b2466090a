import type { Role } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Account } from './account.entity';
import { Organisation } from './organisation.entity';

/** An account inside one organisation. `joinedAt` is empty until the invitation is accepted. */
@Entity('member')
@Unique('uq_member_account', ['organisationId', 'accountId'])
@ForeignKey(() => Account, ['accountId'], ['id'], { name: 'fk_member_account' })
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_member_organisation' })
@Check('ck_member_role', "role IN ('admin', 'recruiter', 'reviewer')")
@Check('ck_member_invited_name', '(joined_at IS NULL) = (invited_name IS NOT NULL)')
export class Member {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_member' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_member' })
  id!: string;

  @Column('uuid', { name: 'account_id' })
  accountId!: string;

  @Column('text', { name: 'role' })
  role!: Role;

  /** The name the inviting admin typed, until the person joins; the account's own name is not theirs to see before. */
  @Column('text', { name: 'invited_name', nullable: true })
  invitedName!: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  /** When the invitation was accepted; empty means invited. */
  @Column('timestamp with time zone', { name: 'joined_at', precision: 3, nullable: true })
  joinedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'disabled_at', precision: 3, nullable: true })
  disabledAt!: Date | null;

  @Column('timestamp with time zone', { name: 'last_used_at', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
