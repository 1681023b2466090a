import type { Role } from '@fairtake/contracts';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { OpsConnection } from './ops-connection';

export interface AccountRecord {
  accountId: string;
  email: string;
  name: string;
  /** argon2id in PHC form; empty until a first password is set. */
  passwordHash: string | null;
}

/** One place an account can sign in to. */
export interface MembershipRecord {
  organisationId: string;
  organisation: string;
  memberId: string;
  role: Role;
}

const selectAccount = `SELECT id AS "accountId", email, name, password_hash AS "passwordHash" FROM account`;

/** People who sign in. Addresses are compared in lower case. */
export class AccountRepository {
  constructor(private readonly connection: OpsConnection) {}

  async findByEmail(email: string): Promise<AccountRecord | null> {
    return this.connection.run((em) => findAccountByEmail(em, email));
  }

  async find(accountId: string): Promise<AccountRecord | null> {
    const rows: AccountRecord[] = await this.connection.run((em) =>
      em.query(`${selectAccount} WHERE id = $1`, [accountId]),
    );
    return rows[0] ?? null;
  }

  /** @returns null when the address has an account already */
  async create(account: {
    email: string;
    name: string;
    passwordHash?: string;
  }): Promise<AccountRecord | null> {
    return this.connection.run((em) => createAccount(em, account));
  }

  /** For invitations: an existing account is returned as it is, its name and password untouched. */
  async findOrCreate(account: { email: string; name: string }): Promise<AccountRecord> {
    return this.connection.run((em) => findOrCreateAccount(em, account));
  }

  /** Whether an account has joined other organisations than this one, so that this one may not replace its password. */
  async isShared(accountId: string, organisationId: string): Promise<boolean> {
    const rows: unknown[] = await this.connection.run((em) =>
      em.query(
        `SELECT 1 FROM member WHERE account_id = $1 AND organisation_id <> $2 AND joined_at IS NOT NULL LIMIT 1`,
        [accountId, organisationId],
      ),
    );
    return rows.length > 0;
  }

  /** The membership an operator's link is made for: the last used, else the oldest invitation. Disabled ones never. */
  async firstMembership(email: string): Promise<MembershipRecord | null> {
    const rows: MembershipRecord[] = await this.connection.run((em) =>
      em.query(
        `SELECT m.organisation_id AS "organisationId", o.name AS organisation, m.id AS "memberId", m.role
           FROM account a JOIN member m ON m.account_id = a.id JOIN organisation o ON o.id = m.organisation_id
          WHERE a.email = $1 AND m.disabled_at IS NULL
          ORDER BY m.joined_at IS NULL, m.last_used_at DESC NULLS LAST, m.created_at, m.id LIMIT 1`,
        [email.toLowerCase()],
      ),
    );
    return rows[0] ?? null;
  }

  /** Where an account can sign in (joined, not disabled), the last used first. */
  async memberships(accountId: string): Promise<MembershipRecord[]> {
    return this.connection.run((em) =>
      em.query(
        `SELECT m.organisation_id AS "organisationId", o.name AS organisation, m.id AS "memberId", m.role
           FROM member m JOIN organisation o ON o.id = m.organisation_id
          WHERE m.account_id = $1 AND m.joined_at IS NOT NULL AND m.disabled_at IS NULL
          ORDER BY m.last_used_at DESC NULLS LAST, m.created_at, m.id`,
        [accountId],
      ),
    );
  }
}

export async function findAccountByEmail(em: EntityManager, email: string): Promise<AccountRecord | null> {
  const rows: AccountRecord[] = await em.query(`${selectAccount} WHERE email = $1`, [email.toLowerCase()]);
  return rows[0] ?? null;
}

export async function createAccount(
  em: EntityManager,
  account: { email: string; name: string; passwordHash?: string },
): Promise<AccountRecord | null> {
  const rows: AccountRecord[] = await em.query(
    `INSERT INTO account (id, email, name, password_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT ON CONSTRAINT uq_account_email DO NOTHING
     RETURNING id AS "accountId", email, name, password_hash AS "passwordHash"`,
    [uuidv7(), account.email.toLowerCase(), account.name, account.passwordHash ?? null],
  );
  return rows[0] ?? null;
}

/** Accounts are never deleted, so an address that cannot be inserted can be found. */
export async function findOrCreateAccount(
  em: EntityManager,
  account: { email: string; name: string; passwordHash?: string },
): Promise<AccountRecord> {
  const found = (await createAccount(em, account)) ?? (await findAccountByEmail(em, account.email));
  if (!found) throw new Error('An account vanished while it was looked up.');
  return found;
}
