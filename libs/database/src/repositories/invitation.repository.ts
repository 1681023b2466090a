import type { TenantContext } from '../tenant-context';

/** Invitations and the interviews they open. */
export class InvitationRepository {
  constructor(private readonly tx: TenantContext) {}

  /**
   * The candidate with this address, made now when there is none; one who is known keeps their name. Without an address
   * always a new one.
   */
  async candidateId(candidate: {
    id: string;
    name: string;
    email: string | null;
    locale: string;
  }): Promise<string> {
    const [row] = await this.tx.em.query<{ id: string }[]>(
      `INSERT INTO candidate (organisation_id, id, name, email, locale) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT uq_candidate_email DO UPDATE SET name = candidate.name
       RETURNING id`,
      [this.tx.organisationId, candidate.id, candidate.name, candidate.email, candidate.locale],
    );
    return row!.id;
  }

  /**
   * @throws a unique violation of uq_interview_attempt when this candidate was invited to this position before, or of
   * uq_interview_reference when the reference is in use
   */
  async createInterview(interview: {
    id: string;
    positionId: string;
    candidateId: string;
    locale: string;
    reference: string;
    deadlineAt: Date | null;
    invitedBy: string;
  }): Promise<void> {
    const [[row]] = (await this.tx.em.query(
      `UPDATE position SET next_pseudonym = next_pseudonym + 1 WHERE organisation_id = $1 AND id = $2
       RETURNING next_pseudonym - 1 AS pseudonym`,
      [this.tx.organisationId, interview.positionId],
    )) as [{ pseudonym: number }[], number];
    await this.tx.em.query(
      `INSERT INTO interview (organisation_id, id, position_id, candidate_id, locale, pseudonym, reference, deadline_at,
                              invited_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[
          this.tx.organisationId,
          interview.id,
          interview.positionId,
          interview.candidateId,
          interview.locale,
        ],
        ...[row!.pseudonym, interview.reference, interview.deadlineAt, interview.invitedBy],
      ],
    );
  }

  async create(invitation: {
    id: string;
    interviewId: string;
    tokenHash: Buffer;
    expiresAt: Date | null;
  }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO invitation (organisation_id, id, interview_id, token_hash, expires_at) VALUES ($1, $2, $3, $4, $5)`,
      [
        this.tx.organisationId,
        invitation.id,
        invitation.interviewId,
        invitation.tokenHash,
        invitation.expiresAt,
      ],
    );
  }

  /** Lets the links of a position's interviews end with its new deadline, where a person has none of their own. */
  async moveExpiry(positionId: string, expiresAt: Date | null): Promise<void> {
    await this.tx.em.query(
      `UPDATE invitation v SET expires_at = $3 FROM interview i
       WHERE v.organisation_id = $1 AND i.organisation_id = $1 AND i.id = v.interview_id AND i.position_id = $2
         AND i.deadline_at IS NULL AND v.revoked_at IS NULL`,
      [this.tx.organisationId, positionId, expiresAt],
    );
  }

  /** Ends every link of an interview, and the sessions opened by them. @returns how many links were live */
  async revoke(interviewId: string): Promise<number> {
    const [, revoked] = (await this.tx.em.query(
      `UPDATE invitation SET revoked_at = now() WHERE organisation_id = $1 AND interview_id = $2 AND revoked_at IS NULL`,
      [this.tx.organisationId, interviewId],
    )) as [unknown, number];
    await this.tx.em.query(`DELETE FROM candidate_session WHERE organisation_id = $1 AND interview_id = $2`, [
      this.tx.organisationId,
      interviewId,
    ]);
    return revoked;
  }
}
