import type { InterviewState } from '@fairtake/contracts';
import type { TenantContext } from '../tenant-context';
import { deadline, pausedFrom, plannedDeadline } from './deadline';

/** The facts of one interview that the board is drawn from. */
export interface BoardFactsRow {
  id: string;
  name: string;
  email: string | null;
  state: InterviewState;
  answersKept: number;
  answersTotal: number;
  reviewsSubmitted: number;
  reviewsExpected: number;
  shortlisted: boolean;
  decided: boolean;
  openedAt: Date | null;
  revoked: boolean;
  mediaFailures: number;
  invitedAt: Date;
  startedAt: Date | null;
  submittedAt: Date | null;
  /** As in `InterviewRow`. */
  deadlineAt: Date | null;
  plannedDeadlineAt: Date | null;
  pausedFrom: Date | null;
  /** Adjustments and more time that were asked for and not answered. */
  openRequests: number;
  reviewDueAt: Date | null;
}

/** One level a reviewer gave, with its place. Submitted reviews only. */
export interface GivenScoreRow {
  interviewId: string;
  questionId: string;
  answerId: string;
  memberId: string;
  reviewer: string;
  criterionId: string;
  level: number | null;
  cannotRate: string | null;
}

export interface GivenCommentRow {
  answerId: string;
  reviewer: string;
  atSeconds: number | null;
  text: string;
}

/** Progress of a position's interviews, and the scores given to them. */
export class BoardRepository {
  constructor(private readonly tx: TenantContext) {}

  /** Newest invitation first, after the place the cursor names. */
  page(
    positionId: string,
    limit: number,
    after: { createdAt: Date; id: string } | null,
  ): Promise<BoardFactsRow[]> {
    return this.rows(
      `i.position_id = $2 AND ($3::timestamptz IS NULL OR (i.invited_at, i.id) < ($3, $4::uuid))
       ORDER BY i.invited_at DESC, i.id DESC LIMIT $5`,
      [positionId, after?.createdAt ?? null, after?.id ?? null, limit],
    );
  }

  async find(interviewId: string): Promise<BoardFactsRow | null> {
    const [row] = await this.rows('i.id = $2', [interviewId]);
    return row ?? null;
  }

  private rows(where: string, values: unknown[]): Promise<BoardFactsRow[]> {
    return this.tx.em.query<BoardFactsRow[]>(
      `SELECT i.id, c.name, c.email, i.state, a.kept AS "answersKept", q.total AS "answersTotal",
              s.submitted AS "reviewsSubmitted", s.expected AS "reviewsExpected", s.due AS "reviewDueAt",
              i.shortlisted_at IS NOT NULL AS shortlisted,
              EXISTS (SELECT 1 FROM decision d WHERE d.organisation_id = $1 AND d.interview_id = i.id) AS decided,
              i.opened_at AS "openedAt",
              NOT EXISTS (SELECT 1 FROM invitation v WHERE v.organisation_id = $1 AND v.interview_id = i.id
                          AND v.revoked_at IS NULL) AS revoked,
              a.failures AS "mediaFailures", i.invited_at AS "invitedAt", i.started_at AS "startedAt",
              i.submitted_at AS "submittedAt", ${deadline} AS "deadlineAt",
              ${plannedDeadline} AS "plannedDeadlineAt", ${pausedFrom} AS "pausedFrom",
              ((SELECT count(*) FROM adjustment_request x WHERE x.organisation_id = $1 AND x.interview_id = i.id
                AND x.state = 'asked')
               + (SELECT count(*) FROM time_request x WHERE x.organisation_id = $1 AND x.interview_id = i.id
                  AND x.state = 'asked'))::int AS "openRequests"
       FROM interview i
       JOIN candidate c ON c.organisation_id = i.organisation_id AND c.id = i.candidate_id
       JOIN position p ON p.organisation_id = i.organisation_id AND p.id = i.position_id
       CROSS JOIN LATERAL (SELECT count(*)::int AS total FROM question q
                           WHERE q.organisation_id = $1 AND q.position_id = i.position_id) q
       CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE a.kept_at IS NOT NULL)::int AS kept,
                                  count(*) FILTER (WHERE a.media_state = 'failed')::int AS failures
                           FROM answer a WHERE a.organisation_id = $1 AND a.interview_id = i.id) a
       CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE s.state <> 'declined')::int AS expected,
                                  count(*) FILTER (WHERE s.state = 'done')::int AS submitted,
                                  max(s.due_at) FILTER (WHERE s.state = 'open') AS due
                           FROM assignment s JOIN answer a ON a.organisation_id = $1 AND a.id = s.answer_id
                           WHERE s.organisation_id = $1 AND a.interview_id = i.id) s
       WHERE i.organisation_id = $1 AND i.erased_at IS NULL AND ${where}`,
      [this.tx.organisationId, ...values],
    );
  }

  /** Every score of submitted reviews of these interviews. */
  scores(interviewIds: readonly string[]): Promise<GivenScoreRow[]> {
    return this.tx.em.query<GivenScoreRow[]>(
      `SELECT a.interview_id AS "interviewId", a.question_id AS "questionId", a.id AS "answerId",
              v.member_id AS "memberId", u.name AS reviewer, s.criterion_id AS "criterionId", s.level,
              s.cannot_rate AS "cannotRate"
       FROM review v
       JOIN answer a ON a.organisation_id = v.organisation_id AND a.id = v.answer_id
       JOIN member m ON m.organisation_id = v.organisation_id AND m.id = v.member_id
       JOIN account u ON u.id = m.account_id
       JOIN score s ON s.organisation_id = v.organisation_id AND s.review_id = v.id
       WHERE v.organisation_id = $1 AND v.state = 'submitted' AND a.interview_id = ANY($2) AND a.erased_at IS NULL
       ORDER BY v.submitted_at, v.id`,
      [this.tx.organisationId, interviewIds],
    );
  }

  /** Comments of submitted reviews of these answers, in playing order. */
  comments(answerIds: readonly string[]): Promise<GivenCommentRow[]> {
    return this.tx.em.query<GivenCommentRow[]>(
      `SELECT v.answer_id AS "answerId", u.name AS reviewer, c.at_seconds AS "atSeconds", c.text
       FROM review v
       JOIN member m ON m.organisation_id = v.organisation_id AND m.id = v.member_id
       JOIN account u ON u.id = m.account_id
       JOIN comment c ON c.organisation_id = v.organisation_id AND c.review_id = v.id
       WHERE v.organisation_id = $1 AND v.state = 'submitted' AND v.answer_id = ANY($2)
       ORDER BY c.at_seconds NULLS LAST, c.created_at`,
      [this.tx.organisationId, answerIds],
    );
  }

  /** Interviews of which a member still owes a review: their scores are withheld from that member. */
  async owedInterviews(memberId: string, interviewIds: readonly string[]): Promise<string[]> {
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT DISTINCT a.interview_id AS id FROM assignment s
       JOIN answer a ON a.organisation_id = s.organisation_id AND a.id = s.answer_id
       WHERE s.organisation_id = $1 AND s.member_id = $2 AND s.state = 'open' AND a.interview_id = ANY($3)`,
      [this.tx.organisationId, memberId, interviewIds],
    );
    return rows.map((row) => row.id);
  }

  /** @returns false when there is no such interview */
  async shortlist(interviewId: string, shortlisted: boolean, memberId: string): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE interview SET shortlisted_at = CASE WHEN $3 THEN coalesce(shortlisted_at, now()) END,
         shortlisted_by = CASE WHEN $3 THEN $4::uuid END
       WHERE organisation_id = $1 AND id = $2 AND erased_at IS NULL`,
      [this.tx.organisationId, interviewId, shortlisted, memberId],
    )) as [unknown, number];
    return changed > 0;
  }
}
