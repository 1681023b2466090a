import type { OpsConnection } from './ops-connection';

export interface InvitationRecord {
  invitationId: string;
  organisationId: string;
  interviewId: string;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
}

export class InvitationLookup {
  constructor(private readonly connection: OpsConnection) {}

  /** Expired and revoked invitations are found too: the caller decides what to say. */
  async findByTokenHash(tokenHash: Buffer): Promise<InvitationRecord | null> {
    const rows: InvitationRecord[] = await this.connection.run((em) =>
      em.query(
        `SELECT id AS "invitationId", organisation_id AS "organisationId", interview_id AS "interviewId",
                created_at AS "createdAt", expires_at AS "expiresAt", revoked_at AS "revokedAt"
           FROM invitation WHERE token_hash = $1`,
        [tokenHash],
      ),
    );
    return rows[0] ?? null;
  }
}
