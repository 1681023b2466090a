import type { OpsConnection } from './ops-connection';

/** Where a code belongs; whether it may still be used is decided inside its organisation. */
export interface HandOffRecord {
  handOffId: string;
  organisationId: string;
  interviewId: string;
  invitationId: string;
}

export class HandOffLookup {
  constructor(private readonly connection: OpsConnection) {}

  /** Used, expired and revoked codes are found too. */
  async findByTokenHash(tokenHash: Buffer): Promise<HandOffRecord | null> {
    const rows: HandOffRecord[] = await this.connection.run((em) =>
      em.query(
        `SELECT c.id AS "handOffId", c.organisation_id AS "organisationId", c.interview_id AS "interviewId",
                c.invitation_id AS "invitationId"
           FROM hand_off_code c
           JOIN invitation i ON i.organisation_id = c.organisation_id AND i.id = c.invitation_id
          WHERE c.token_hash = $1 AND i.revoked_at IS NULL`,
        [tokenHash],
      ),
    );
    return rows[0] ?? null;
  }
}
