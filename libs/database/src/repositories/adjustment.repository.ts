import type { AdjustmentChoice } from '@fairtake/contracts';
import type { TenantContext } from '../tenant-context';

export interface AdjustmentRequestRow {
  id: string;
  state: 'asked' | 'granted' | 'declined' | 'withdrawn';
  wanted: AdjustmentChoice;
  granted: AdjustmentChoice | null;
  askedAt: Date;
  decidedAt: Date | null;
}

const requestColumns = `id, state, wanted, granted, asked_at AS "askedAt", decided_at AS "decidedAt"`;

/** What was changed for one person, and what they asked to have changed. */
export class AdjustmentRepository {
  constructor(private readonly tx: TenantContext) {}

  /** @returns null when nothing was ever changed for this person */
  async granted(interviewId: string): Promise<AdjustmentChoice | null> {
    const [row] = await this.tx.em.query<AdjustmentChoice[]>(
      `SELECT think_factor::float8 AS "thinkFactor", answer_factor::float8 AS "answerFactor",
              extra_takes::int AS "extraTakes", audio_only AS "audioOnly", text_answers AS "textAnswers",
              questions_in_advance AS "questionsInAdvance", larger_text AS "largerText",
              reduced_motion AS "reducedMotion", hide_countdown AS "hideCountdown"
       FROM adjustment WHERE organisation_id = $1 AND interview_id = $2 AND state = 'granted'`,
      [this.tx.organisationId, interviewId],
    );
    return row ?? null;
  }

  /** Puts a choice into force, whole, in place of what was. @param by null when the candidate chose it alone */
  async grant(
    interviewId: string,
    id: string,
    choice: AdjustmentChoice,
    granted: { at: Date; by: string | null },
  ): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO adjustment (organisation_id, id, interview_id, think_factor, answer_factor, extra_takes, audio_only,
         text_answers, questions_in_advance, larger_text, reduced_motion, hide_countdown, state, asked_at, granted_at,
         granted_by)
       VALUES ($1, $3, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'granted', $13, $13, $14)
       ON CONFLICT ON CONSTRAINT uq_adjustment_interview DO UPDATE SET
         think_factor = $4, answer_factor = $5, extra_takes = $6, audio_only = $7, text_answers = $8,
         questions_in_advance = $9, larger_text = $10, reduced_motion = $11, hide_countdown = $12, state = 'granted',
         granted_at = $13, granted_by = $14`,
      [
        ...[
          this.tx.organisationId,
          interviewId,
          id,
          choice.thinkFactor,
          choice.answerFactor,
          choice.extraTakes,
        ],
        ...[choice.audioOnly, choice.textAnswers, choice.questionsInAdvance, choice.largerText],
        ...[choice.reducedMotion, choice.hideCountdown, granted.at, granted.by],
      ],
    );
  }

  /** Newest first. */
  requests(interviewId: string): Promise<AdjustmentRequestRow[]> {
    return this.tx.em.query<AdjustmentRequestRow[]>(
      `SELECT ${requestColumns} FROM adjustment_request
       WHERE organisation_id = $1 AND interview_id = $2 ORDER BY asked_at DESC, id DESC`,
      [this.tx.organisationId, interviewId],
    );
  }

  /** Opens a request, from whose moment on the deadline stands still; an open one gets the new wish and keeps its moment. */
  async ask(request: { id: string; interviewId: string; wanted: AdjustmentChoice; at: Date }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO adjustment_request (organisation_id, id, interview_id, wanted, asked_at, paused_from)
       VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (organisation_id, interview_id) WHERE state = 'asked' DO UPDATE SET wanted = $4`,
      [
        ...[this.tx.organisationId, request.id, request.interviewId],
        ...[JSON.stringify(request.wanted), request.at],
      ],
    );
  }

  /** An open request ends with its interview: nobody is to answer it any more. */
  async closeOpen(interviewId: string, at: Date): Promise<void> {
    await this.tx.em.query(
      `UPDATE adjustment_request SET state = 'withdrawn', decided_at = $3
       WHERE organisation_id = $1 AND interview_id = $2 AND state = 'asked'`,
      [this.tx.organisationId, interviewId, at],
    );
  }

  /** Ends an open request, and with it the pause. @returns false when there is no such open one */
  async decide(
    interviewId: string,
    requestId: string,
    decision: {
      state: 'granted' | 'declined' | 'withdrawn';
      granted: AdjustmentChoice | null;
      at: Date;
      by: string | null;
    },
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE adjustment_request SET state = $4, granted = $5, decided_at = $6, decided_by = $7
       WHERE organisation_id = $1 AND interview_id = $2 AND id = $3 AND state = 'asked'`,
      [
        ...[this.tx.organisationId, interviewId, requestId, decision.state],
        ...[decision.granted && JSON.stringify(decision.granted), decision.at, decision.by],
      ],
    )) as [unknown, number];
    return changed > 0;
  }
}
