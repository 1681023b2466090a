import type { ResponseContent, TakeState } from '@fairtake/contracts';
import { interviewTransitions, statesBefore } from '@fairtake/domain';
import type { TenantContext } from '../tenant-context';

/** Who a candidate is to the organisation, and what they agreed to. */
export interface CandidateDataRow {
  name: string;
  email: string | null;
  consents: { version: number; locale: string; givenAt: string }[];
}

/** A recording of a candidate that the installation holds. */
export interface HeldTakeRow {
  takeId: string;
  questionId: string;
  state: TakeState;
  startedAt: Date;
  durationMs: number | null;
  sizeBytes: number;
}

/** What a candidate wrote, chose or sent. */
export interface HeldResponseRow {
  questionId: string;
  savedAt: Date;
  kept: boolean;
  content: ResponseContent;
  /** As the candidate's device calls it. */
  fileName: string | null;
}

/** Steps of an interview after it was sent, as far as its candidate is told. */
export interface ProgressRow {
  withdrawnAt: Date | null;
  /** When the first answer was given to reviewers; null while nobody was asked. */
  reviewStartedAt: Date | null;
}

/** What is held of a candidate, for themselves, and the end they may put to it. */
export class CandidateDataRepository {
  constructor(private readonly tx: TenantContext) {}

  async person(interviewId: string): Promise<CandidateDataRow | null> {
    const [row] = await this.tx.em.query<CandidateDataRow[]>(
      `SELECT c.name, c.email,
              coalesce((SELECT jsonb_agg(jsonb_build_object('version', n.version, 'locale', k.locale,
                          'givenAt', k.given_at) ORDER BY k.given_at)
                        FROM consent k JOIN notice n ON n.organisation_id = k.organisation_id AND n.id = k.notice_id
                        WHERE k.organisation_id = $1 AND k.interview_id = $2), '[]') AS consents
       FROM interview i JOIN candidate c ON c.organisation_id = i.organisation_id AND c.id = i.candidate_id
       WHERE i.organisation_id = $1 AND i.id = $2 AND i.erased_at IS NULL`,
      [this.tx.organisationId, interviewId],
    );
    return row ?? null;
  }

  /** Every recording that has bytes here, given-back ones too. */
  takes(interviewId: string): Promise<HeldTakeRow[]> {
    return this.tx.em.query<HeldTakeRow[]>(
      `SELECT t.id AS "takeId", a.question_id AS "questionId", t.state, t.started_at AS "startedAt",
              t.duration_ms AS "durationMs", t.size_bytes::float8 AS "sizeBytes"
       FROM take t
       JOIN answer a ON a.organisation_id = t.organisation_id AND a.id = t.answer_id
       JOIN question q ON q.organisation_id = t.organisation_id AND q.id = a.question_id
       WHERE t.organisation_id = $1 AND t.interview_id = $2 AND a.erased_at IS NULL AND t.size_bytes > 0
       ORDER BY q.number, t.number`,
      [this.tx.organisationId, interviewId],
    );
  }

  responses(interviewId: string): Promise<HeldResponseRow[]> {
    return this.tx.em.query<HeldResponseRow[]>(
      `SELECT a.question_id AS "questionId", r.saved_at AS "savedAt", r.kept IS NOT NULL AS kept, r.content,
              f.name AS "fileName"
       FROM response r
       JOIN answer a ON a.organisation_id = r.organisation_id AND a.id = r.answer_id
       JOIN question q ON q.organisation_id = r.organisation_id AND q.id = a.question_id
       LEFT JOIN file f ON f.organisation_id = r.organisation_id AND f.id = (r.content->>'fileId')::uuid
       WHERE r.organisation_id = $1 AND a.interview_id = $2 AND a.erased_at IS NULL
       ORDER BY q.number`,
      [this.tx.organisationId, interviewId],
    );
  }

  async progress(interviewId: string): Promise<ProgressRow> {
    const [row] = await this.tx.em.query<ProgressRow[]>(
      `SELECT i.withdrawn_at AS "withdrawnAt",
              (SELECT min(s.assigned_at) FROM assignment s
               JOIN answer a ON a.organisation_id = s.organisation_id AND a.id = s.answer_id
               WHERE s.organisation_id = $1 AND a.interview_id = $2) AS "reviewStartedAt"
       FROM interview i WHERE i.organisation_id = $1 AND i.id = $2`,
      [this.tx.organisationId, interviewId],
    );
    return row ?? { withdrawnAt: null, reviewStartedAt: null };
  }

  /**
   * Ends an interview at its candidate's word: nobody is asked to review it any more, nothing more is recorded of it,
   * and its open requests end. Nothing is deleted. The caller holds the interview's row lock.
   *
   * @returns false when it had ended that way before
   */
  async withdraw(interviewId: string, at: Date): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE interview SET state = 'withdrawn', withdrawn_at = $3
       WHERE organisation_id = $1 AND id = $2 AND state = ANY($4)`,
      [this.tx.organisationId, interviewId, at, statesBefore(interviewTransitions, 'withdrawn')],
    )) as [unknown, number];
    await this.tx.em.query(
      `UPDATE assignment s SET state = 'declined' FROM answer a
       WHERE s.organisation_id = $1 AND s.state = 'open' AND a.organisation_id = $1 AND a.id = s.answer_id
         AND a.interview_id = $2`,
      [this.tx.organisationId, interviewId],
    );
    await this.tx.takes.discardOpen(interviewId);
    await this.tx.adjustments.closeOpen(interviewId, at);
    await this.tx.timeRequests.closeOpen(interviewId, at);
    return changed > 0;
  }
}
