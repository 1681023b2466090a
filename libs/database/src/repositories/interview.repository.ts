import type {
  AdjustmentKind,
  AdjustmentPolicy,
  InterviewState,
  QuestionKind,
  QuestionSettings,
} from '@fairtake/contracts';
import { interviewTransitions, statesBefore } from '@fairtake/domain';
import type { TenantContext } from '../tenant-context';
import { deadline, pausedFrom, plannedDeadline } from './deadline';

/** An interview with what its candidate's page needs of position and organisation. */
export interface InterviewRow {
  id: string;
  positionId: string;
  state: InterviewState;
  locale: string;
  pseudonym: number;
  reference: string;
  candidateName: string;
  organisation: string;
  contactEmail: string | null;
  title: Record<string, string>;
  languages: string[];
  positionState: 'draft' | 'open' | 'closed';
  /**
   * The moment that decides: the person's own deadline, else the position's, moved by pauses; while one lasts, the
   * latest that it may become.
   */
  deadlineAt: Date | null;
  /** The deadline with the pauses that have ended. */
  plannedDeadlineAt: Date | null;
  /** Since when the deadline stands still; null when it does not. */
  pausedFrom: Date | null;
  timeZone: string;
  autoSubmit: boolean;
  adjustmentPolicy: AdjustmentPolicy;
  adjustmentKinds: AdjustmentKind[];
  replyWorkingDays: number;
  retentionDays: number;
  reviewersPerAnswer: number;
  submittedAt: Date | null;
  replyPromisedAt: Date | null;
}

export interface QuestionRow {
  id: string;
  number: number;
  kind: QuestionKind;
  text: Record<string, string>;
  thinkSeconds: number | null;
  answerSeconds: number;
  takes: number;
  required: boolean;
  settings: QuestionSettings | null;
}

export interface NoticeRow {
  id: string;
  version: number;
  text: Record<string, string>;
  textSha256: string;
}

/** Interviews as their candidates live them. */
export class InterviewRepository {
  constructor(private readonly tx: TenantContext) {}

  async find(interviewId: string): Promise<InterviewRow | null> {
    const [row] = await this.tx.em.query<InterviewRow[]>(
      `SELECT i.id, i.position_id AS "positionId", i.state, i.locale, i.pseudonym, i.reference,
              c.name AS "candidateName", o.name AS organisation, o.contact_email AS "contactEmail",
              p.title, p.languages, p.state AS "positionState",
              ${deadline} AS "deadlineAt", ${plannedDeadline} AS "plannedDeadlineAt", ${pausedFrom} AS "pausedFrom",
              p.time_zone AS "timeZone",
              p.auto_submit AS "autoSubmit", p.adjustment_policy AS "adjustmentPolicy",
              p.adjustment_kinds AS "adjustmentKinds", p.reply_working_days AS "replyWorkingDays",
              p.retention_days AS "retentionDays", p.reviewers_per_answer AS "reviewersPerAnswer",
              i.submitted_at AS "submittedAt", i.reply_promised_at AS "replyPromisedAt"
       FROM interview i
       JOIN candidate c ON c.organisation_id = i.organisation_id AND c.id = i.candidate_id
       JOIN position p ON p.organisation_id = i.organisation_id AND p.id = i.position_id
       JOIN organisation o ON o.id = i.organisation_id
       WHERE i.organisation_id = $1 AND i.id = $2 AND i.erased_at IS NULL`,
      [this.tx.organisationId, interviewId],
    );
    return row ?? null;
  }

  /** Serialises everything one candidate does at once: opening takes, keeping, submitting. */
  async lock(interviewId: string): Promise<void> {
    await this.tx.em.query(`SELECT 1 FROM interview WHERE organisation_id = $1 AND id = $2 FOR UPDATE`, [
      this.tx.organisationId,
      interviewId,
    ]);
  }

  questions(positionId: string): Promise<QuestionRow[]> {
    return this.tx.em.query<QuestionRow[]>(
      `SELECT id, number, kind, text, think_seconds AS "thinkSeconds", answer_seconds AS "answerSeconds", takes, required,
              settings
       FROM question WHERE organisation_id = $1 AND position_id = $2 ORDER BY number`,
      [this.tx.organisationId, positionId],
    );
  }

  /** The notice in force: the newest version. Every organisation is created with one. */
  async noticeInForce(): Promise<NoticeRow> {
    const [row] = await this.tx.em.query<NoticeRow[]>(
      `SELECT id, version, text, text_sha256 AS "textSha256" FROM notice
       WHERE organisation_id = $1 AND region = 'default' ORDER BY version DESC LIMIT 1`,
      [this.tx.organisationId],
    );
    if (!row) throw new Error('The organisation has no consent notice');
    return row;
  }

  async addNotice(notice: NoticeRow): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO notice (organisation_id, id, version, text, text_sha256) VALUES ($1, $2, $3, $4, $5)`,
      [this.tx.organisationId, notice.id, notice.version, JSON.stringify(notice.text), notice.textSha256],
    );
  }

  async hasConsented(interviewId: string, noticeId: string): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `SELECT 1 FROM consent WHERE organisation_id = $1 AND interview_id = $2 AND notice_id = $3`,
      [this.tx.organisationId, interviewId, noticeId],
    );
    return rows.length > 0;
  }

  /** Whether the candidate agreed to any version of the notice: what was begun under it may be finished. */
  async hasConsentedOnce(interviewId: string): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `SELECT 1 FROM consent WHERE organisation_id = $1 AND interview_id = $2 LIMIT 1`,
      [this.tx.organisationId, interviewId],
    );
    return rows.length > 0;
  }

  /** @returns true when this is the first consent to this version */
  async consent(consent: {
    id: string;
    interviewId: string;
    notice: NoticeRow;
    locale: string;
    retentionDays: number;
  }): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `INSERT INTO consent (organisation_id, id, interview_id, notice_id, text_sha256, locale, retention_days,
                            channel)
       VALUES ($1, $2, $3, $4, $5, $6, $7, 'web') ON CONFLICT ON CONSTRAINT uq_consent_notice DO NOTHING RETURNING 1`,
      [
        this.tx.organisationId,
        consent.id,
        consent.interviewId,
        consent.notice.id,
        consent.notice.textSha256,
        consent.locale,
        consent.retentionDays,
      ],
    );
    return rows.length > 0;
  }

  async markOpened(interviewId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE interview SET opened_at = now() WHERE organisation_id = $1 AND id = $2 AND opened_at IS NULL`,
      [this.tx.organisationId, interviewId],
    );
  }

  /** invited → started; anything else stays as it is. */
  async start(interviewId: string, locale: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE interview SET state = 'started', started_at = now(), locale = $3
       WHERE organisation_id = $1 AND id = $2 AND state = ANY($4)`,
      [this.tx.organisationId, interviewId, locale, statesBefore(interviewTransitions, 'started')],
    );
  }

  /** @returns false when the interview was not under way */
  async submit(
    interviewId: string,
    sent: { at: Date; replyPromisedAt: Date; incomplete: boolean },
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE interview SET state = 'submitted', submitted_at = $5, reply_promised_at = $3, incomplete = $6
       WHERE organisation_id = $1 AND id = $2 AND state = ANY($4)`,
      [
        ...[this.tx.organisationId, interviewId, sent.replyPromisedAt],
        ...[statesBefore(interviewTransitions, 'submitted'), sent.at, sent.incomplete],
      ],
    )) as [unknown, number];
    return changed > 0;
  }

  /** The rubric of a position is frozen by its first kept answer. */
  async freezeRubric(positionId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE rubric SET frozen_at = now() WHERE organisation_id = $1 AND position_id = $2 AND frozen_at IS NULL`,
      [this.tx.organisationId, positionId],
    );
  }
}
