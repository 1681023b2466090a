import type { Role } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { Session } from '../entities';
import type { OpsConnection } from './ops-connection';

/** Who a session cookie stands for. */
export interface StaffIdentity {
  sessionId: string;
  organisationId: string;
  organisation: string;
  accountId: string;
  memberId: string;
  name: string;
  email: string;
  role: Role;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

export class StaffSessionRepository {
  constructor(private readonly connection: OpsConnection) {}

  /**
   * Opens a session and notes that this membership was used last.
   *
   * @param session.tokenHash SHA-256 of the cookie's token
   * @returns the session's id
   */
  async create(session: {
    organisationId: string;
    accountId: string;
    memberId: string;
    tokenHash: Buffer;
    expiresAt: Date;
  }): Promise<string> {
    const id = uuidv7();
    await this.connection.transaction(async (em) => {
      await em.insert(Session, { id, ...session });
      await em.query(`UPDATE member SET last_used_at = now() WHERE organisation_id = $1 AND id = $2`, [
        session.organisationId,
        session.memberId,
      ]);
    });
    return id;
  }

  /** @returns null for an unknown or expired token, and for a member who was disabled or has not joined */
  async findByTokenHash(tokenHash: Buffer, at: Date = new Date()): Promise<StaffIdentity | null> {
    const rows: StaffIdentity[] = await this.connection.run((em) =>
      em.query(
        `SELECT s.id AS "sessionId", s.organisation_id AS "organisationId", o.name AS organisation,
                s.account_id AS "accountId", s.member_id AS "memberId", a.name, a.email, m.role,
                s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt"
           FROM session s
           JOIN member m ON m.organisation_id = s.organisation_id AND m.id = s.member_id
                        AND m.account_id = s.account_id
           JOIN account a ON a.id = s.account_id
           JOIN organisation o ON o.id = s.organisation_id
          WHERE s.token_hash = $1 AND s.expires_at > $2 AND m.disabled_at IS NULL AND m.joined_at IS NOT NULL`,
        [tokenHash, at],
      ),
    );
    return rows[0] ?? null;
  }

  /** Notes that a session was seen; moves its end when `expiresAt` is given. */
  async touch(
    session: { organisationId: string; sessionId: string },
    options: { at?: Date; expiresAt?: Date } = {},
  ): Promise<void> {
    await this.connection.run((em) =>
      em.update(
        Session,
        { organisationId: session.organisationId, id: session.sessionId },
        {
          lastSeenAt: options.at ?? new Date(),
          ...(options.expiresAt ? { expiresAt: options.expiresAt } : {}),
        },
      ),
    );
  }

  async delete(session: { organisationId: string; sessionId: string }): Promise<void> {
    await this.connection.run((em) =>
      em.delete(Session, { organisationId: session.organisationId, id: session.sessionId }),
    );
  }
}
