import { randomInt } from 'node:crypto';
import type { MediaFailure, MediaState } from '@fairtake/contracts';
import { mediaTransitions, statesBefore } from '@fairtake/domain';
import type { TenantContext } from '../tenant-context';

export interface AnswerRow {
  id: string;
  interviewId: string;
  questionId: string;
  thinkStartedAt: Date;
  keptTakeId: string | null;
  keptAt: Date | null;
  generation: number;
  mediaState: MediaState;
  mediaFailure: MediaFailure | null;
  mediaFlagged: boolean;
  /** Seconds that are missing of the kept take; null for a whole one. */
  missingSeconds: number | null;
  audioOnly: boolean;
  durationSeconds: number | null;
}

/** What a publication sets beside the state. Absent fields stay as they are. */
export interface Publication {
  durationSeconds?: number;
  audioOnly?: boolean;
  flagged?: boolean;
}

const columns = `a.id, a.interview_id AS "interviewId", a.question_id AS "questionId",
  a.think_started_at AS "thinkStartedAt", a.kept_take_id AS "keptTakeId", a.kept_at AS "keptAt", a.generation,
  a.media_state AS "mediaState", a.media_failure AS "mediaFailure", a.media_flagged AS "mediaFlagged", a.missing_seconds AS "missingSeconds",
  a.audio_only AS "audioOnly", a.duration_seconds AS "durationSeconds"`;

/** The first generation of an answer lies below this; seven digits are what addresses have room for. */
const firstGenerationMax = 5_000_000;
/** Small beside it, so that a first generation and a later one look alike. */
const generationStepMax = 500;

/** Answers and the one row update that publishes each of them. */
export class AnswerRepository {
  constructor(private readonly tx: TenantContext) {}

  /** The answer to a question, opened now when it was not yet: its think time starts on the server's clock. */
  async open(answer: { id: string; interviewId: string; questionId: string; at: Date }): Promise<AnswerRow> {
    await this.tx.em.query(
      `INSERT INTO answer (organisation_id, id, interview_id, question_id, think_started_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT ON CONSTRAINT uq_answer_question DO NOTHING`,
      [this.tx.organisationId, answer.id, answer.interviewId, answer.questionId, answer.at],
    );
    const [row] = await this.tx.em.query<AnswerRow[]>(
      `SELECT ${columns} FROM answer a WHERE a.organisation_id = $1 AND a.interview_id = $2 AND a.question_id = $3`,
      [this.tx.organisationId, answer.interviewId, answer.questionId],
    );
    return row!;
  }

  async find(answerId: string): Promise<AnswerRow | null> {
    const [row] = await this.tx.em.query<AnswerRow[]>(
      `SELECT ${columns} FROM answer a WHERE a.organisation_id = $1 AND a.id = $2 AND a.erased_at IS NULL`,
      [this.tx.organisationId, answerId],
    );
    return row ?? null;
  }

  listOfInterview(interviewId: string): Promise<AnswerRow[]> {
    return this.tx.em.query<AnswerRow[]>(
      `SELECT ${columns} FROM answer a WHERE a.organisation_id = $1 AND a.interview_id = $2 AND a.erased_at IS NULL`,
      [this.tx.organisationId, interviewId],
    );
  }

  /**
   * Makes a take the answer, as a new generation that nothing has been published for yet; or a response (`takeId`
   * null), which is finished as it is. What was kept before is kept no longer: an answer is one take or one response.
   *
   * Generations only grow, but they begin anywhere and grow by any step: reviewers read them in addresses, and a count
   * would tell how often somebody recorded, and with it whose tries were more than others had.
   */
  async keep(
    answerId: string,
    takeId: string | null,
    media: {
      state: 'processing' | 'playable' | 'finished';
      durationSeconds: number | null;
      audioOnly: boolean;
      /** Shown with a word from the start. */
      flagged?: boolean;
    },
  ): Promise<number> {
    if (takeId === null) await this.tx.takes.discardKept(answerId);
    else await this.tx.responses.dropKept(answerId);
    const [[row]] = (await this.tx.em.query(
      `UPDATE answer SET kept_take_id = $3, kept_at = now(), media_state = $4,
         generation = CASE WHEN generation = 0 THEN $8::integer ELSE generation + $9::integer END,
         media_failure = NULL, media_flagged = $7, audio_only = $6, duration_seconds = $5,
         playable_at = CASE WHEN $4 <> 'processing' THEN now() END,
         finished_at = CASE WHEN $4 = 'finished' THEN now() END,
         missing_seconds = (SELECT t.missing_seconds FROM take t WHERE t.organisation_id = $1 AND t.id = $3)
       WHERE organisation_id = $1 AND id = $2 AND erased_at IS NULL RETURNING generation`,
      [
        ...[this.tx.organisationId, answerId, takeId],
        ...[media.state, media.durationSeconds, media.audioOnly, media.flagged ?? false],
        ...[randomInt(generationStepMax, firstGenerationMax), randomInt(1, generationStepMax)],
      ],
    )) as [{ generation: number }[], number];
    return row!.generation;
  }

  /**
   * Publishes one generation: zero rows mean that a newer take was kept, that the answer was erased, or that another
   * run published before; the caller throws its output away (I6).
   */
  async publish(
    answerId: string,
    generation: number,
    to: 'playable' | 'finished',
    publication: Publication = {},
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE answer SET media_state = $4, media_failure = NULL,
         duration_seconds = coalesce($5, duration_seconds), audio_only = coalesce($6, audio_only),
         media_flagged = coalesce($7, media_flagged), playable_at = coalesce(playable_at, now()),
         finished_at = CASE WHEN $4 = 'finished' THEN now() ELSE finished_at END
       WHERE organisation_id = $1 AND id = $2 AND generation = $3 AND erased_at IS NULL AND media_state = ANY($8)`,
      [
        this.tx.organisationId,
        answerId,
        generation,
        to,
        publication.durationSeconds ?? null,
        publication.audioOnly ?? null,
        publication.flagged ?? null,
        statesBefore(mediaTransitions, to).filter((state) => state !== to),
      ],
    )) as [unknown, number];
    return changed > 0;
  }

  /**
   * Holds an answer's row against erasure and newer takes while a part of this generation (a poster, a rendition) is
   * recorded in the same transaction.
   *
   * @returns false when the generation is no longer the present one, was erased, or is finished: nothing may be added
   */
  async lockUnfinished(answerId: string, generation: number): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `SELECT 1 FROM answer WHERE organisation_id = $1 AND id = $2 AND generation = $3 AND erased_at IS NULL
         AND media_state <> 'finished' FOR UPDATE`,
      [this.tx.organisationId, answerId, generation],
    );
    return rows.length > 0;
  }

  /** Writes the failed state; an answer that already plays keeps playing. */
  async fail(answerId: string, generation: number, failure: MediaFailure): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE answer SET media_state = 'failed', media_failure = $4
       WHERE organisation_id = $1 AND id = $2 AND generation = $3 AND erased_at IS NULL AND media_state = ANY($5)`,
      [this.tx.organisationId, answerId, generation, failure, statesBefore(mediaTransitions, 'failed')],
    )) as [unknown, number];
    return changed > 0;
  }

  /** Marks an answer that plays although its proof failed afterwards: shown with a word, never hidden. */
  async flag(answerId: string, generation: number): Promise<void> {
    await this.tx.em.query(
      `UPDATE answer SET media_flagged = true WHERE organisation_id = $1 AND id = $2 AND generation = $3`,
      [this.tx.organisationId, answerId, generation],
    );
  }
}
