import type { PositionDraft, PositionState, QuestionDraft, QuestionSettings } from '@fairtake/contracts';
import type { TenantContext } from '../tenant-context';

export interface PositionRow {
  id: string;
  state: PositionState;
  version: number;
  rubricId: string;
  rubricVersion: number;
  publishedAt: Date | null;
  draft: PositionDraft;
}

export interface PositionListRow {
  id: string;
  title: Record<string, string>;
  state: PositionState;
  deadlineAt: Date | null;
  createdAt: Date;
  questions: number;
  invited: number;
  started: number;
  submitted: number;
}

interface BasicsRow extends Omit<PositionDraft, 'questions' | 'criteria' | 'reviewerIds' | 'deadlineAt'> {
  id: string;
  state: PositionState;
  version: number;
  deadlineAt: Date | null;
  publishedAt: Date | null;
  rubricId: string;
  rubricVersion: number;
}

/** Positions as set-up edits them. The rubric is the newest version. */
export class PositionRepository {
  constructor(private readonly tx: TenantContext) {}

  async find(positionId: string, lock: '' | 'FOR UPDATE OF p' = ''): Promise<PositionRow | null> {
    const [row] = await this.tx.em.query<BasicsRow[]>(
      `SELECT p.id, p.state, p.version, p.title, p.languages, p.deadline_at AS "deadlineAt", p.time_zone AS "timeZone",
              p.blind, p.auto_submit AS "autoSubmit", p.adjustment_policy AS "adjustmentPolicy",
              p.adjustment_kinds AS "adjustmentKinds", p.reviewers_per_answer AS "reviewersPerAnswer",
              p.reply_working_days AS "replyWorkingDays", p.retention_days AS "retentionDays",
              p.published_at AS "publishedAt", r.id AS "rubricId", r.version AS "rubricVersion"
       FROM position p JOIN rubric r ON r.organisation_id = p.organisation_id AND r.position_id = p.id
       WHERE p.organisation_id = $1 AND p.id = $2 ORDER BY r.version DESC LIMIT 1 ${lock}`,
      [this.tx.organisationId, positionId],
    );
    if (!row) return null;
    const { id, state, version, publishedAt, rubricId, rubricVersion, deadlineAt, ...basics } = row;
    const draft: PositionDraft = {
      ...basics,
      deadlineAt: deadlineAt?.toISOString() ?? null,
      questions: await this.questions(id),
      criteria: await this.criteria(rubricId),
      reviewerIds: await this.reviewerIds(id),
    };
    return { id, state, version, publishedAt, rubricId, rubricVersion, draft };
  }

  /** Newest first, after the place the cursor names. */
  list(limit: number, after: { createdAt: Date; id: string } | null): Promise<PositionListRow[]> {
    return this.tx.em.query<PositionListRow[]>(
      `SELECT p.id, p.title, p.state, p.deadline_at AS "deadlineAt", p.created_at AS "createdAt",
              (SELECT count(*)::int FROM question q WHERE q.organisation_id = $1 AND q.position_id = p.id) AS questions,
              n.invited, n.started, n.submitted
       FROM position p CROSS JOIN LATERAL (
         SELECT count(*)::int AS invited,
                count(*) FILTER (WHERE i.started_at IS NOT NULL)::int AS started,
                count(*) FILTER (WHERE i.submitted_at IS NOT NULL)::int AS submitted
         FROM interview i WHERE i.organisation_id = $1 AND i.position_id = p.id AND i.erased_at IS NULL) n
       WHERE p.organisation_id = $1
         AND ($2::timestamptz IS NULL OR (p.created_at, p.id) < ($2, $3::uuid))
       ORDER BY p.created_at DESC, p.id DESC LIMIT $4`,
      [this.tx.organisationId, after?.createdAt ?? null, after?.id ?? null, limit],
    );
  }

  async create(position: {
    id: string;
    rubricId: string;
    ownerMemberId: string;
    draft: PositionDraft;
  }): Promise<void> {
    const { id, draft } = position;
    await this.tx.em.query(
      `INSERT INTO position (organisation_id, id, title, languages, owner_member_id) VALUES ($1, $2, $3, $4, $5)`,
      [this.tx.organisationId, id, JSON.stringify(draft.title), draft.languages, position.ownerMemberId],
    );
    await this.tx.em.query(
      `INSERT INTO rubric (organisation_id, id, position_id, version) VALUES ($1, $2, $3, 1)`,
      [this.tx.organisationId, position.rubricId, id],
    );
    await this.saveBasics(id, draft);
    await this.saveContent(id, position.rubricId, draft);
  }

  /** What may change at any time. Raises the version that `If-Match` speaks of. */
  async saveBasics(positionId: string, draft: PositionDraft): Promise<void> {
    await this.tx.em.query(
      `UPDATE position SET title = $3, languages = $4, deadline_at = $5, time_zone = $6, blind = $7, auto_submit = $8,
         reviewers_per_answer = $9, reply_working_days = $10, retention_days = $11, adjustment_policy = $12,
         adjustment_kinds = $13, version = version + 1
       WHERE organisation_id = $1 AND id = $2`,
      [
        ...[
          this.tx.organisationId,
          positionId,
          JSON.stringify(draft.title),
          draft.languages,
          draft.deadlineAt,
        ],
        ...[draft.timeZone, draft.blind, draft.autoSubmit, draft.reviewersPerAnswer],
        ...[draft.replyWorkingDays, draft.retentionDays, draft.adjustmentPolicy],
        [...new Set(draft.adjustmentKinds)],
      ],
    );
    await this.tx.em.query(`DELETE FROM position_reviewer WHERE organisation_id = $1 AND position_id = $2`, [
      this.tx.organisationId,
      positionId,
    ]);
    await this.tx.em.query(
      `INSERT INTO position_reviewer (organisation_id, position_id, member_id)
       SELECT $1, $2, unnest($3::uuid[]) ON CONFLICT DO NOTHING`,
      [this.tx.organisationId, positionId, draft.reviewerIds],
    );
  }

  /**
   * Questions and rubric of a draft, replaced as a whole.
   *
   * @throws a unique violation of pk_question or pk_criterion when an id is in use elsewhere
   */
  async saveContent(positionId: string, rubricId: string, draft: PositionDraft): Promise<void> {
    const key = [this.tx.organisationId, positionId];
    await this.tx.em.query(`DELETE FROM criterion WHERE organisation_id = $1 AND rubric_id = $2`, [
      this.tx.organisationId,
      rubricId,
    ]);
    await this.tx.em.query(`DELETE FROM question WHERE organisation_id = $1 AND position_id = $2`, key);
    for (const [index, q] of draft.questions.entries())
      await this.tx.em.query(
        `INSERT INTO question (organisation_id, position_id, id, number, kind, text, think_seconds, answer_seconds,
                               takes, required, settings)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[...key, q.questionId, index + 1, q.kind, JSON.stringify(q.text)],
          ...[q.thinkSeconds, q.answerSeconds, q.takes, q.required],
          q.settings ? JSON.stringify(q.settings) : null,
        ],
      );
    for (const [index, criterion] of draft.criteria.entries())
      await this.saveCriterion(rubricId, index + 1, criterion, draft);
  }

  /** @returns how many of the ids are active members of this organisation */
  async countActiveMembers(memberIds: readonly string[]): Promise<number> {
    const [row] = await this.tx.em.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM member WHERE organisation_id = $1 AND id = ANY($2) AND disabled_at IS NULL`,
      [this.tx.organisationId, memberIds],
    );
    return row.count;
  }

  /** @returns false when the position was not in one of the states `from` */
  async changeState(positionId: string, from: PositionState[], to: PositionState): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE position SET state = $3, version = version + 1,
         published_at = CASE WHEN $3 = 'open' THEN coalesce(published_at, now()) ELSE published_at END,
         closed_at = CASE WHEN $3 = 'closed' THEN now() END
       WHERE organisation_id = $1 AND id = $2 AND state = ANY($4)`,
      [this.tx.organisationId, positionId, to, from],
    )) as [unknown, number];
    return changed > 0;
  }

  private async saveCriterion(
    rubricId: string,
    number: number,
    criterion: PositionDraft['criteria'][number],
    draft: PositionDraft,
  ): Promise<void> {
    const { criterionId, name, lookFor, weight } = criterion;
    await this.tx.em.query(
      `INSERT INTO criterion (organisation_id, id, rubric_id, number, name, look_for, weight)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        ...[this.tx.organisationId, criterionId, rubricId, number],
        ...[JSON.stringify(name), lookFor && JSON.stringify(lookFor), weight],
      ],
    );
    for (const anchor of criterion.anchors)
      await this.tx.em.query(
        `INSERT INTO anchor (organisation_id, criterion_id, level, text) VALUES ($1, $2, $3, $4)`,
        [this.tx.organisationId, criterionId, anchor.level, JSON.stringify(anchor.text)],
      );
    // A draft may still name a question that was just removed; publishing points it out.
    const known = criterion.questionIds.filter((id) => draft.questions.some((q) => q.questionId === id));
    await this.tx.em.query(
      `INSERT INTO question_criterion (organisation_id, criterion_id, question_id)
       SELECT $1, $2, unnest($3::uuid[]) ON CONFLICT DO NOTHING`,
      [this.tx.organisationId, criterionId, known],
    );
  }

  private async questions(positionId: string): Promise<PositionDraft['questions']> {
    type Stored = Omit<QuestionDraft, 'settings'> & { settings: QuestionSettings | null };
    const rows = await this.tx.em.query<Stored[]>(
      `SELECT id AS "questionId", kind, text, think_seconds AS "thinkSeconds", answer_seconds AS "answerSeconds", takes,
              required, settings
       FROM question WHERE organisation_id = $1 AND position_id = $2 ORDER BY number`,
      [this.tx.organisationId, positionId],
    );
    return rows.map(({ settings, ...question }) => ({ ...question, ...(settings && { settings }) }));
  }

  private criteria(rubricId: string): Promise<PositionDraft['criteria']> {
    return this.tx.em.query<PositionDraft['criteria']>(
      `SELECT c.id AS "criterionId", c.name, c.look_for AS "lookFor", c.weight::float8 AS weight,
              coalesce((SELECT json_agg(json_build_object('level', a.level, 'text', a.text) ORDER BY a.level)
                        FROM anchor a WHERE a.organisation_id = c.organisation_id AND a.criterion_id = c.id), '[]') AS anchors,
              coalesce((SELECT json_agg(qc.question_id ORDER BY q.number) FROM question_criterion qc
                        JOIN question q ON q.organisation_id = qc.organisation_id AND q.id = qc.question_id
                        WHERE qc.organisation_id = c.organisation_id AND qc.criterion_id = c.id), '[]') AS "questionIds"
       FROM criterion c WHERE c.organisation_id = $1 AND c.rubric_id = $2 ORDER BY c.number`,
      [this.tx.organisationId, rubricId],
    );
  }

  private async reviewerIds(positionId: string): Promise<string[]> {
    const rows = await this.tx.em.query<{ id: string }[]>(
      `SELECT member_id AS id FROM position_reviewer WHERE organisation_id = $1 AND position_id = $2 ORDER BY member_id`,
      [this.tx.organisationId, positionId],
    );
    return rows.map((row) => row.id);
  }
}
