import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AccountLink } from '../entities';
import { changedRows, type OpsConnection } from './ops-connection';

interface LinkState {
  linkId: string;
  expiresAt: Date;
  usedAt: Date | null;
}

/** The link that makes the first organisation of an installation. */
export interface SetUpLink extends LinkState {
  purpose: 'set_up';
}

/** A link that lets one member in. */
export interface MemberLinkRecord extends LinkState {
  purpose: 'invitation' | 'password_reset';
  organisationId: string;
  organisation: string;
  memberId: string;
  accountId: string;
  name: string;
  email: string;
  /** Whether the account has a password, so that an invitation must ask for it instead of setting one. */
  hasPassword: boolean;
  /** Whether the link may set a password now, when it is not used to prove an existing one. See `use`. */
  maySetPassword: boolean;
  memberDisabledAt: Date | null;
}

export type AccountLinkRecord = SetUpLink | MemberLinkRecord;

export interface LinkUse {
  /** argon2id in PHC form. Absent: the existing password was checked (invitations only). */
  passwordHash?: string;
  /** Taken together with a password only. Absent: what the invitation says, or the name the account has. */
  name?: string;
  at?: Date;
}

export class AccountLinkLookup {
  constructor(private readonly connection: OpsConnection) {}

  /** Used and expired links are found too: the caller decides what to say. Changes nothing. */
  async findByTokenHash(tokenHash: Buffer): Promise<AccountLinkRecord | null> {
    const rows: AccountLinkRecord[] = await this.connection.run((em) =>
      em.query(
        `SELECT l.id AS "linkId", l.purpose, l.expires_at AS "expiresAt", l.used_at AS "usedAt",
                l.organisation_id AS "organisationId", o.name AS organisation, l.member_id AS "memberId",
                m.account_id AS "accountId", coalesce(m.invited_name, a.name) AS name, a.email, a.password_hash IS NOT NULL AS "hasPassword",
                m.disabled_at AS "memberDisabledAt",
                ${maySetPassword('l.purpose', 'l.organisation_id', 'l.by_operator')} AS "maySetPassword"
           FROM account_link l
           LEFT JOIN member m ON m.organisation_id = l.organisation_id AND m.id = l.member_id
           LEFT JOIN account a ON a.id = m.account_id
           LEFT JOIN organisation o ON o.id = l.organisation_id
          WHERE l.token_hash = $1`,
        [tokenHash],
      ),
    );
    return rows[0] ?? null;
  }

  /** Makes the link that sets an empty installation up; older ones end. @returns its id */
  async createSetUp(link: { tokenHash: Buffer; expiresAt: Date }): Promise<string> {
    const id = uuidv7();
    await this.connection.transaction(async (em) => {
      await em.query(
        `UPDATE account_link SET expires_at = now()
          WHERE purpose = 'set_up' AND used_at IS NULL AND expires_at > now()`,
      );
      await em.insert(AccountLink, { id, purpose: 'set_up', ...link });
    });
    return id;
  }

  /**
   * Uses an invitation or password-reset link once: the member has joined, and the password is set where the link may
   * set it. An administrator holds these links in their hands, so neither may take over an account that others rely
   * on: an invitation sets a password only where there is none (otherwise check the existing one first and give no
   * hash) and no other organisation has invited the person, a reset only where the account has joined no other
   * organisation. A link made by the operator always may. A new password ends every session.
   *
   * @returns false when the link is used, expired, revoked, of a disabled member, or may not set this password;
   *   nothing has changed then
   */
  async use(linkId: string, change: LinkUse): Promise<boolean> {
    const at = change.at ?? new Date();
    try {
      await this.connection.transaction(async (em) => {
        const link = await takeLink(em, linkId, at);
        if (change.passwordHash !== undefined) await setPassword(em, link, change.passwordHash, change.name);
        else if (link.purpose === 'password_reset' || !link.hasPassword) throw new LinkRefused();
      });
      return true;
    } catch (error) {
      if (error instanceof LinkRefused) return false;
      throw error;
    }
  }
}

type UsableLink = Pick<
  MemberLinkRecord,
  'purpose' | 'organisationId' | 'memberId' | 'accountId' | 'name' | 'hasPassword'
> & { byOperator: boolean };

/**
 * SQL: whether a link may set the password of account `a`. Only pending invitations of others stand in the way of a
 * first password: whoever invites could otherwise choose it and lock the person out of the other organisation. They do
 * not stand in the way of a reset, or anybody could end resets elsewhere by inviting.
 */
function maySetPassword(purpose: string, organisationId: string, byOperator: string): string {
  return `(${byOperator} OR CASE WHEN ${purpose} = 'invitation'
    THEN a.password_hash IS NULL AND NOT EXISTS (SELECT 1 FROM member other
           WHERE other.account_id = a.id AND other.organisation_id <> ${organisationId} AND other.disabled_at IS NULL)
    ELSE NOT EXISTS (SELECT 1 FROM member other
           WHERE other.account_id = a.id AND other.organisation_id <> ${organisationId}
             AND other.joined_at IS NOT NULL) END)`;
}

/** Undoes the transaction; never leaves this file. */
class LinkRefused extends Error {}

/** Marks a usable link used and its member joined. */
async function takeLink(em: EntityManager, linkId: string, at: Date): Promise<UsableLink> {
  const [link]: UsableLink[] = await em.query(
    `SELECT l.purpose, l.by_operator AS "byOperator", l.organisation_id AS "organisationId", l.member_id AS "memberId",
            m.account_id AS "accountId", coalesce(m.invited_name, a.name) AS name, a.password_hash IS NOT NULL AS "hasPassword"
       FROM account_link l
       JOIN member m ON m.organisation_id = l.organisation_id AND m.id = l.member_id
       JOIN account a ON a.id = m.account_id
      WHERE l.id = $1 AND l.used_at IS NULL AND l.expires_at > $2 AND m.disabled_at IS NULL
        FOR UPDATE OF l, m`,
    [linkId, at],
  );
  if (!link) throw new LinkRefused();
  await em.query('UPDATE account_link SET used_at = $2 WHERE id = $1', [linkId, at]);
  await em.query(
    `UPDATE member SET joined_at = coalesce(joined_at, $3), invited_name = NULL WHERE organisation_id = $1 AND id = $2`,
    [link.organisationId, link.memberId, at],
  );
  return link;
}

async function setPassword(em: EntityManager, link: UsableLink, hash: string, name?: string): Promise<void> {
  const set = await changedRows(
    em,
    `UPDATE account a SET password_hash = $2, name = $3
      WHERE a.id = $1 AND ${maySetPassword('$4', '$5::uuid', '$6::boolean')}`,
    [link.accountId, hash, name ?? link.name, link.purpose, link.organisationId, link.byOperator],
  );
  if (set === 0) throw new LinkRefused();
  await em.query('DELETE FROM session WHERE account_id = $1', [link.accountId]);
}
