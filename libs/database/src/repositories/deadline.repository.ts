import type { TenantContext } from '../tenant-context';
import { deadline } from './deadline';

/** When one device was in touch around the deadline. */
export interface ContactRow {
  /** When windows were last issued to it, before the deadline of then. */
  windowsIssuedAt: Date | null;
  /** Its first sign of life after the deadline. */
  lateSince: Date | null;
}

/** When an interview ends: what decides, who was in touch around it, what is overdue, and moving it. */
export class DeadlineRepository {
  constructor(private readonly tx: TenantContext) {}

  /** The deadline that decides, in milliseconds since the epoch; null when there is none. */
  async find(interviewId: string): Promise<number | null> {
    const [row] = await this.tx.em.query<{ at: Date | null }[]>(
      `SELECT ${deadline} AS at FROM interview i
       JOIN position p ON p.organisation_id = i.organisation_id AND p.id = i.position_id
       WHERE i.organisation_id = $1 AND i.id = $2`,
      [this.tx.organisationId, interviewId],
    );
    return row?.at?.getTime() ?? null;
  }

  /**
   * Notes that windows were issued to a device at a moment before the deadline, or that a sign of life of it came
   * after. Written at most every ten seconds: it is asked for with every view of the interview.
   */
  async noteContact(sessionId: string, at: Date, isLate: boolean): Promise<void> {
    await this.tx.em.query(
      isLate
        ? `UPDATE candidate_session SET late_since = $3
           WHERE organisation_id = $1 AND id = $2 AND late_since IS NULL`
        : `UPDATE candidate_session SET windows_issued_at = $3::timestamptz, late_since = NULL
           WHERE organisation_id = $1 AND id = $2
             AND (late_since IS NOT NULL OR windows_issued_at IS NULL OR windows_issued_at < $3::timestamptz - interval '10 seconds')`,
      [this.tx.organisationId, sessionId, at],
    );
  }

  async contactOf(sessionId: string): Promise<ContactRow> {
    const [row] = await this.tx.em.query<ContactRow[]>(
      `SELECT windows_issued_at AS "windowsIssuedAt", late_since AS "lateSince" FROM candidate_session
       WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, sessionId],
    );
    return row ?? { windowsIssuedAt: null, lateSince: null };
  }

  /**
   * Interviews under way whose deadline ended before `endedBefore` and of which something may be sent: an answer
   * that was kept, recorded, or written and saved. One that asked for more time in time is left alone for a while.
   */
  async listOverdue(endedBefore: Date, heldBefore: Date): Promise<string[]> {
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT i.id FROM interview i
       JOIN position p ON p.organisation_id = i.organisation_id AND p.id = i.position_id
       WHERE i.organisation_id = $1 AND i.state = 'started' AND i.erased_at IS NULL AND ${deadline} <= $2
         AND (EXISTS (SELECT 1 FROM answer a WHERE a.organisation_id = $1 AND a.interview_id = i.id
                      AND a.kept_at IS NOT NULL)
              OR EXISTS (SELECT 1 FROM take t WHERE t.organisation_id = $1 AND t.interview_id = i.id
                         AND t.state IN ('open', 'finalised') AND t.chunk_count > 0)
              OR EXISTS (SELECT 1 FROM answer a
                         JOIN response r ON r.organisation_id = a.organisation_id AND r.answer_id = a.id
                         WHERE a.organisation_id = $1 AND a.interview_id = i.id AND a.erased_at IS NULL))
         AND NOT EXISTS (SELECT 1 FROM time_request r WHERE r.organisation_id = $1 AND r.interview_id = i.id
                         AND r.state = 'asked' AND r.asked_at <= ${deadline} AND ${deadline} > $3)`,
      [this.tx.organisationId, endedBefore, heldBefore],
    );
    return rows.map((row) => row.id);
  }

  /** Sets a deadline of the person's own. Pauses so far are a part of it; one that lasts goes on from `at`. */
  async set(interviewId: string, deadlineAt: Date, at: Date): Promise<void> {
    const key = [this.tx.organisationId, interviewId];
    await this.tx.em.query(`UPDATE interview SET deadline_at = $3 WHERE organisation_id = $1 AND id = $2`, [
      ...key,
      deadlineAt,
    ]);
    await this.tx.em.query(
      `UPDATE candidate_session SET late_since = NULL WHERE organisation_id = $1 AND interview_id = $2`,
      key,
    );
    await this.tx.em.query(
      `UPDATE adjustment_request SET paused_from = coalesce(decided_at, $3)
       WHERE organisation_id = $1 AND interview_id = $2`,
      [...key, at],
    );
    await this.tx.em.query(
      `UPDATE invitation SET expires_at = $3
       WHERE organisation_id = $1 AND interview_id = $2 AND revoked_at IS NULL`,
      [...key, deadlineAt],
    );
  }
}
