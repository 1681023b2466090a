import type {
  CannotRate,
  CommentEntry,
  QuestionKind,
  RubricCriterion,
  ScoreEntry,
} from '@fairtake/contracts';
import type { TenantContext } from '../tenant-context';

type Texts = Record<string, string>;

export interface BatchRow {
  roundId: string;
  roundState: 'open' | 'closed';
  questionId: string;
  positionId: string;
  title: Texts;
  questionNumber: number;
  questionCount: number;
  text: Texts;
  kind: QuestionKind;
  blind: boolean;
  total: number;
  submitted: number;
  waiting: number;
  secondsLeft: number;
  dueAt: Date | null;
}

export interface ClipRow {
  answerId: string;
  pseudonym: number;
  name: string;
}

export interface ReviewRow {
  id: string;
  roundId: string;
  answerId: string;
  memberId: string;
  reviewer: string;
  rubricId: string;
  state: 'draft' | 'submitted';
  version: number;
  submittedAt: Date | null;
  scores: ScoreEntry[];
  comments: CommentEntry[];
}

/** What one member was given to judge of one answer. */
export interface AssignmentRow {
  id: string;
  roundId: string;
  roundState: 'open' | 'closed';
  answerId: string;
  questionId: string;
  positionId: string;
  state: 'open' | 'declined' | 'done';
}

const reviewColumns = `v.id, v.round_id AS "roundId", v.answer_id AS "answerId", v.member_id AS "memberId",
  u.name AS reviewer, v.rubric_id AS "rubricId", v.state, v.version, v.submitted_at AS "submittedAt",
  coalesce((SELECT json_agg(json_build_object('criterionId', s.criterion_id, 'level', s.level,
       'cannotRate', s.cannot_rate, 'evidence', CASE WHEN s.evidence_start_seconds IS NULL THEN NULL ELSE
       json_build_object('startSeconds', s.evidence_start_seconds, 'endSeconds', s.evidence_end_seconds) END)
       ORDER BY s.criterion_id) FROM score s WHERE s.organisation_id = v.organisation_id AND s.review_id = v.id), '[]') AS scores,
  coalesce((SELECT json_agg(json_build_object('commentId', c.id, 'atSeconds', c.at_seconds, 'text', c.text)
       ORDER BY c.at_seconds NULLS LAST, c.created_at, c.id)
       FROM comment c WHERE c.organisation_id = v.organisation_id AND c.review_id = v.id), '[]') AS comments`;

const reviewSource = `review v JOIN member m ON m.organisation_id = v.organisation_id AND m.id = v.member_id
  JOIN account u ON u.id = m.account_id`;

/** Batches of clips and the judgements on them. */
export class ReviewRepository {
  constructor(private readonly tx: TenantContext) {}

  /** One row per round and question in which a member has work or has finished some. */
  batches(memberId: string, only?: { roundId: string; questionId: string }): Promise<BatchRow[]> {
    return this.tx.em.query<BatchRow[]>(
      `SELECT r.id AS "roundId", r.state AS "roundState", q.id AS "questionId", p.id AS "positionId", p.title,
              q.number AS "questionNumber",
              (SELECT count(*)::int FROM question x WHERE x.organisation_id = $1 AND x.position_id = p.id) AS "questionCount",
              q.text, q.kind, p.blind, count(*)::int AS total,
              count(*) FILTER (WHERE s.state = 'done')::int AS submitted,
              count(*) FILTER (WHERE s.state = 'open' AND a.media_state NOT IN ('playable', 'finished'))::int AS waiting,
              coalesce(sum(a.duration_seconds) FILTER (WHERE s.state = 'open'), 0) AS "secondsLeft",
              min(s.due_at) FILTER (WHERE s.state = 'open') AS "dueAt"
       FROM assignment s
       JOIN answer a ON a.organisation_id = s.organisation_id AND a.id = s.answer_id AND a.erased_at IS NULL
       JOIN question q ON q.organisation_id = a.organisation_id AND q.id = a.question_id
       JOIN position p ON p.organisation_id = q.organisation_id AND p.id = q.position_id
       JOIN round r ON r.organisation_id = s.organisation_id AND r.id = s.round_id
       WHERE s.organisation_id = $1 AND s.member_id = $2 AND s.state <> 'declined'
         AND ($3::uuid IS NULL OR (r.id = $3 AND q.id = $4::uuid))
       GROUP BY r.id, r.state, q.id, q.number, q.text, q.kind, p.id, p.title, p.blind, r.organisation_id,
                q.organisation_id, p.organisation_id
       ORDER BY min(s.due_at) FILTER (WHERE s.state = 'open') NULLS LAST, p.id, q.number`,
      [this.tx.organisationId, memberId, only?.roundId ?? null, only?.questionId ?? null],
    );
  }

  /** The clips of one question given to a member, in no particular order: `domain` decides it. */
  clips(memberId: string, roundId: string, questionId: string): Promise<ClipRow[]> {
    return this.tx.em.query<ClipRow[]>(
      `SELECT a.id AS "answerId", i.pseudonym, c.name
       FROM assignment s
       JOIN answer a ON a.organisation_id = s.organisation_id AND a.id = s.answer_id AND a.erased_at IS NULL
       JOIN interview i ON i.organisation_id = a.organisation_id AND i.id = a.interview_id
       JOIN candidate c ON c.organisation_id = i.organisation_id AND c.id = i.candidate_id
       WHERE s.organisation_id = $1 AND s.member_id = $2 AND s.round_id = $3 AND a.question_id = $4
         AND s.state <> 'declined'`,
      [this.tx.organisationId, memberId, roundId, questionId],
    );
  }

  /** Reviewers of a round in a fixed order: their place chooses their row of the counterbalanced square. */
  async reviewersOf(roundId: string): Promise<string[]> {
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT DISTINCT member_id AS id FROM assignment WHERE organisation_id = $1 AND round_id = $2 ORDER BY member_id`,
      [this.tx.organisationId, roundId],
    );
    return rows.map((row) => row.id);
  }

  /** Criteria of a rubric that score a question, in rubric order, with their anchors. */
  criteria(rubricId: string, questionId: string): Promise<RubricCriterion[]> {
    return this.tx.em.query<RubricCriterion[]>(
      `SELECT c.id AS "criterionId", c.name, c.look_for AS "lookFor",
              coalesce((SELECT json_agg(json_build_object('level', n.level, 'text', n.text) ORDER BY n.level)
                        FROM anchor n WHERE n.organisation_id = c.organisation_id AND n.criterion_id = c.id), '[]') AS anchors
       FROM criterion c JOIN question_criterion qc ON qc.organisation_id = c.organisation_id AND qc.criterion_id = c.id
       WHERE c.organisation_id = $1 AND c.rubric_id = $2 AND qc.question_id = $3 ORDER BY c.number`,
      [this.tx.organisationId, rubricId, questionId],
    );
  }

  /** The rubric in force for a position: its newest version. */
  async rubric(positionId: string): Promise<{ id: string; version: number }> {
    const [row] = await this.tx.em.query<{ id: string; version: number }[]>(
      `SELECT id, version FROM rubric WHERE organisation_id = $1 AND position_id = $2 ORDER BY version DESC LIMIT 1`,
      [this.tx.organisationId, positionId],
    );
    return row!;
  }

  /** A member's own assignment of an answer, in the newest round when there are several. Locked for writing. */
  async assignment(
    memberId: string,
    answerId: string,
    lock: '' | 'FOR UPDATE OF s' = '',
  ): Promise<AssignmentRow | null> {
    const [row] = await this.tx.em.query<AssignmentRow[]>(
      `SELECT s.id, s.round_id AS "roundId", r.state AS "roundState", s.answer_id AS "answerId",
              a.question_id AS "questionId", r.position_id AS "positionId", s.state
       FROM assignment s
       JOIN round r ON r.organisation_id = s.organisation_id AND r.id = s.round_id
       JOIN answer a ON a.organisation_id = s.organisation_id AND a.id = s.answer_id AND a.erased_at IS NULL
       WHERE s.organisation_id = $1 AND s.member_id = $2 AND s.answer_id = $3 AND s.state <> 'declined'
       ORDER BY r.number DESC LIMIT 1 ${lock}`,
      [this.tx.organisationId, memberId, answerId],
    );
    return row ?? null;
  }

  /** Own reviews of some answers in a round. */
  own(memberId: string, roundId: string, answerIds: readonly string[]): Promise<ReviewRow[]> {
    return this.tx.em.query<ReviewRow[]>(
      `SELECT ${reviewColumns} FROM ${reviewSource}
       WHERE v.organisation_id = $1 AND v.member_id = $2 AND v.round_id = $3 AND v.answer_id = ANY($4)`,
      [this.tx.organisationId, memberId, roundId, answerIds],
    );
  }

  /** Submitted reviews of an answer by everybody else in a round. Call it only for someone who has submitted. */
  others(memberId: string, roundId: string, answerId: string): Promise<ReviewRow[]> {
    return this.tx.em.query<ReviewRow[]>(
      `SELECT ${reviewColumns} FROM ${reviewSource}
       WHERE v.organisation_id = $1 AND v.member_id <> $2 AND v.round_id = $3 AND v.answer_id = $4
         AND v.state = 'submitted' ORDER BY v.submitted_at, v.id`,
      [this.tx.organisationId, memberId, roundId, answerId],
    );
  }

  async create(review: {
    id: string;
    roundId: string;
    answerId: string;
    memberId: string;
    rubricId: string;
  }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO review (organisation_id, id, round_id, answer_id, member_id, rubric_id, version)
       VALUES ($1, $2, $3, $4, $5, $6, 0)`,
      [this.tx.organisationId, review.id, review.roundId, review.answerId, review.memberId, review.rubricId],
    );
  }

  /**
   * Replaces scores and comments of a draft and raises its version.
   *
   * @returns false when a comment's id belongs to another review; the caller's transaction has to roll back
   */
  async saveDraft(
    reviewId: string,
    scores: readonly ScoreEntry[],
    comments: readonly CommentEntry[],
  ): Promise<boolean> {
    const key = [this.tx.organisationId, reviewId];
    await this.tx.em.query(`DELETE FROM score WHERE organisation_id = $1 AND review_id = $2`, key);
    for (const { criterionId, level, cannotRate, evidence } of scores)
      await this.tx.em.query(
        `INSERT INTO score (organisation_id, review_id, criterion_id, level, cannot_rate, evidence_start_seconds,
                            evidence_end_seconds) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [
          ...[...key, criterionId, level, cannotRate satisfies CannotRate | null],
          ...[evidence?.startSeconds ?? null, evidence?.endSeconds ?? null],
        ],
      );
    await this.tx.em.query(
      `DELETE FROM comment WHERE organisation_id = $1 AND review_id = $2 AND NOT id = ANY($3)`,
      [...key, comments.map((comment) => comment.commentId)],
    );
    for (const { commentId, atSeconds, text } of comments) {
      const written = await this.tx.em.query<unknown[]>(
        `INSERT INTO comment (organisation_id, review_id, id, at_seconds, text) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT ON CONSTRAINT pk_comment DO UPDATE SET at_seconds = $4, text = $5 WHERE comment.review_id = $2
         RETURNING 1`,
        [...key, commentId, atSeconds, text],
      );
      if (written.length === 0) return false;
    }
    await this.tx.em.query(
      `UPDATE review SET version = version + 1, updated_at = now() WHERE organisation_id = $1 AND id = $2`,
      key,
    );
    return true;
  }

  /** Submits a review and closes its assignment. */
  async submit(reviewId: string, assignmentId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE review SET state = 'submitted', submitted_at = now(), version = version + 1, updated_at = now()
       WHERE organisation_id = $1 AND id = $2 AND state = 'draft'`,
      [this.tx.organisationId, reviewId],
    );
    await this.tx.em.query(`UPDATE assignment SET state = 'done' WHERE organisation_id = $1 AND id = $2`, [
      this.tx.organisationId,
      assignmentId,
    ]);
  }
}
