import { v7 as uuidv7 } from 'uuid';
import { CandidateSession } from '../entities';
import type { NamedStatement } from '../one-trip';
import type { OpsConnection } from './ops-connection';

/** Which interview a candidate's cookie opens. */
export interface CandidateIdentity {
  sessionId: string;
  organisationId: string;
  interviewId: string;
  invitationId: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

const findByTokenHash: NamedStatement = {
  name: 'candidate-session',
  text: `SELECT s.id AS "sessionId", s.organisation_id AS "organisationId", s.interview_id AS "interviewId",
      s.invitation_id AS "invitationId", s.created_at AS "createdAt",
      s.last_seen_at AS "lastSeenAt", s.expires_at AS "expiresAt"
    FROM candidate_session s
    JOIN invitation i ON i.organisation_id = s.organisation_id AND i.id = s.invitation_id
    WHERE s.token_hash = $1 AND s.expires_at > $2 AND i.revoked_at IS NULL`,
};

export class CandidateSessionRepository {
  constructor(private readonly connection: OpsConnection) {}

  /** @param session.tokenHash SHA-256 of the cookie's token. @returns the session's id */
  async create(session: {
    organisationId: string;
    interviewId: string;
    invitationId: string;
    tokenHash: Buffer;
    expiresAt: Date;
    /** What the browser said it is. */
    deviceBrowser?: string | null;
    deviceSystem?: string | null;
  }): Promise<string> {
    const id = uuidv7();
    await this.connection.run((em) => em.insert(CandidateSession, { id, ...session }));
    return id;
  }

  /** @returns null for an unknown or expired token, and once the invitation it came from was revoked */
  async findByTokenHash(tokenHash: Buffer, at: Date = new Date()): Promise<CandidateIdentity | null> {
    const rows = await this.connection.ask<CandidateIdentity>(findByTokenHash, [tokenHash, at]);
    return rows[0] ?? null;
  }

  /** Notes that a session was seen; moves its end when `expiresAt` is given. */
  async touch(
    session: { organisationId: string; sessionId: string },
    options: { at?: Date; expiresAt?: Date } = {},
  ): Promise<void> {
    await this.connection.run((em) =>
      em.update(
        CandidateSession,
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
      em.delete(CandidateSession, { organisationId: session.organisationId, id: session.sessionId }),
    );
  }
}
