import type { TenantContext } from '../tenant-context';

export interface TimeRequestRow {
  id: string;
  state: 'asked' | 'granted' | 'declined';
  askedAt: Date;
  grantedUntil: Date | null;
}

/** Candidates asking for a later deadline. */
export class TimeRequestRepository {
  constructor(private readonly tx: TenantContext) {}

  /** Newest first, without what ended with its interview. */
  list(interviewId: string): Promise<TimeRequestRow[]> {
    return this.tx.em.query<TimeRequestRow[]>(
      `SELECT id, state, asked_at AS "askedAt", granted_until AS "grantedUntil" FROM time_request
       WHERE organisation_id = $1 AND interview_id = $2 AND state <> 'withdrawn' ORDER BY asked_at DESC, id DESC`,
      [this.tx.organisationId, interviewId],
    );
  }

  /** Whether it was ever asked, whatever became of it. */
  async exists(interviewId: string, requestId: string): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      'SELECT 1 FROM time_request WHERE organisation_id = $1 AND interview_id = $2 AND id = $3',
      [this.tx.organisationId, interviewId, requestId],
    );
    return rows.length > 0;
  }

  /** Opens a request; with one open already nothing happens. */
  async ask(request: { id: string; interviewId: string; at: Date }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO time_request (organisation_id, id, interview_id, asked_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id, interview_id) WHERE state = 'asked' DO NOTHING`,
      [this.tx.organisationId, request.id, request.interviewId, request.at],
    );
  }

  /** An open request ends with its interview: nobody is to answer it any more. */
  async closeOpen(interviewId: string, at: Date): Promise<void> {
    await this.tx.em.query(
      `UPDATE time_request SET state = 'withdrawn', decided_at = $3
       WHERE organisation_id = $1 AND interview_id = $2 AND state = 'asked'`,
      [this.tx.organisationId, interviewId, at],
    );
  }

  /**
   * Answers an open request.
   *
   * @param requestId null answers whichever is open
   * @param decision.until the new deadline; null declines
   * @returns false when there is no such open one
   */
  async decide(
    interviewId: string,
    requestId: string | null,
    decision: { until: Date | null; at: Date; by: string },
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE time_request SET state = CASE WHEN $4::timestamptz IS NULL THEN 'declined' ELSE 'granted' END,
         granted_until = $4, decided_at = $5, decided_by = $6
       WHERE organisation_id = $1 AND interview_id = $2 AND id = coalesce($3, id) AND state = 'asked'`,
      [this.tx.organisationId, interviewId, requestId, decision.until, decision.at, decision.by],
    )) as [unknown, number];
    return changed > 0;
  }
}
