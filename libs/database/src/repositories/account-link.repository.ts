import { v7 as uuidv7 } from 'uuid';
import { AccountLink } from '../entities';
import type { TenantContext } from '../tenant-context';

/** Links handed to members of this organisation. Opening and using them happens before sign-in: see `ops`. */
export class AccountLinkRepository {
  constructor(private readonly tx: TenantContext) {}

  async create(link: {
    memberId: string;
    purpose: 'invitation' | 'password_reset';
    /** SHA-256 of the token; the token itself is never stored. */
    tokenHash: Buffer;
    expiresAt: Date;
    byOperator?: boolean;
  }): Promise<string> {
    const id = uuidv7();
    await this.tx.em.insert(AccountLink, { organisationId: this.tx.organisationId, id, ...link });
    return id;
  }

  /**
   * Ends every unused link of a member: only the newest may work, and none of a disabled member. The operator's stays:
   * an organisation must not take back what helps a person against it.
   */
  async revokeOfMember(memberId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE account_link SET expires_at = now()
        WHERE organisation_id = $1 AND member_id = $2 AND used_at IS NULL AND expires_at > now() AND NOT by_operator`,
      [this.tx.organisationId, memberId],
    );
  }
}
