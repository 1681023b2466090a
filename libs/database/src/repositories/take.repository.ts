import type { TakeState } from '@fairtake/contracts';
import { statesBefore, takeTransitions } from '@fairtake/domain';
import type { TenantContext } from '../tenant-context';
import type { SegmentProof } from './segment.repository';

/** A take with what decides whether it may go on. */
export interface TakeRow {
  id: string;
  answerId: string;
  interviewId: string;
  questionId: string;
  number: number;
  mimeType: string;
  state: TakeState;
  lease: string;
  leaseSessionId: string;
  leasedAt: Date;
  nextSegment: number;
  startedAt: Date;
  recordingEndsAt: Date;
  durationMs: number | null;
  sizeBytes: number;
  chunkCount: number;
  verdict: 'complete' | 'partial' | 'too_short' | 'no_media' | null;
  /** Opened after the deadline by a page that had been offline since before it. */
  openedLate: boolean;
  /** Seconds lost for good of a salvaged take. */
  missingSeconds: number | null;
  finalisedAt: Date | null;
}

const columns = `t.id, t.answer_id AS "answerId", t.interview_id AS "interviewId", a.question_id AS "questionId",
  t.number, t.mime_type AS "mimeType", t.state, t.lease, t.lease_session_id AS "leaseSessionId",
  t.leased_at AS "leasedAt", t.next_segment AS "nextSegment", t.started_at AS "startedAt",
  t.recording_ends_at AS "recordingEndsAt", t.duration_ms AS "durationMs", t.size_bytes::float8 AS "sizeBytes",
  t.chunk_count AS "chunkCount", t.verdict, t.opened_late AS "openedLate", t.missing_seconds AS "missingSeconds", t.finalised_at AS "finalisedAt"`;

/**
 * Takes: opening, handing over, closing, keeping. Their contents are in `SegmentRepository`, the way of a chunk into
 * them is `ChunkLedger`.
 */
export class TakeRepository {
  constructor(private readonly tx: TenantContext) {}

  /** Null also for a take whose answer was erased: nothing is added to it, kept of it or told of it any more. */
  async find(
    interviewId: string,
    takeId: string,
    lock: '' | 'FOR UPDATE OF t' = '',
  ): Promise<TakeRow | null> {
    const [row] = await this.tx.em.query<TakeRow[]>(
      `SELECT ${columns} FROM take t JOIN answer a ON a.organisation_id = t.organisation_id AND a.id = t.answer_id
       WHERE t.organisation_id = $1 AND t.interview_id = $2 AND t.id = $3 AND a.erased_at IS NULL ${lock}`,
      [this.tx.organisationId, interviewId, takeId],
    );
    return row ?? null;
  }

  listOfInterview(interviewId: string): Promise<TakeRow[]> {
    return this.tx.em.query<TakeRow[]>(
      `SELECT ${columns} FROM take t JOIN answer a ON a.organisation_id = t.organisation_id AND a.id = t.answer_id
       WHERE t.organisation_id = $1 AND t.interview_id = $2 ORDER BY t.answer_id, t.number`,
      [this.tx.organisationId, interviewId],
    );
  }

  /** Adds the next take of an answer. The caller holds the interview's row lock, so numbers cannot clash. */
  async open(take: {
    id: string;
    answerId: string;
    interviewId: string;
    recorder: string;
    mimeType: string;
    lease: string;
    sessionId: string;
    startedAt: Date;
    recordingEndsAt: Date;
    openedLate: boolean;
  }): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO take (organisation_id, id, answer_id, interview_id, number, recorder, mime_type, lease,
                         lease_session_id, leased_at, started_at, recording_ends_at, opened_late)
       SELECT $1, $2, $3, $4, coalesce(max(number), 0) + 1, $5, $6, $7, $8, $9, $9, $10, $11
       FROM take WHERE organisation_id = $1 AND answer_id = $3`,
      [
        this.tx.organisationId,
        take.id,
        take.answerId,
        take.interviewId,
        take.recorder,
        take.mimeType,
        take.lease,
        take.sessionId,
        take.startedAt,
        take.recordingEndsAt,
        take.openedLate,
      ],
    );
  }

  /** Hands the take to a new lease; its segments start behind every segment that exists. */
  async takeOver(takeId: string, lease: string, sessionId: string, at: Date): Promise<void> {
    await this.tx.em.query(
      `UPDATE take SET lease = $3, lease_session_id = $4, leased_at = $5,
         next_segment = (SELECT coalesce(max(number) + 1, 0) FROM segment WHERE organisation_id = $1 AND take_id = $2)
       WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, takeId, lease, sessionId, at],
    );
  }

  /**
   * Writes the proof of completeness.
   *
   * @returns false when the take is no longer open, or holds other chunks than were proved: one arrived meanwhile
   */
  async finalise(
    takeId: string,
    proof: {
      segments: SegmentProof[];
      durationMs: number;
      verdict: string;
      state: 'finalised' | 'returned';
      at: Date;
    },
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE take SET state = $3, verdict = $4, duration_ms = $5, finalised_at = $7,
         return_reason = CASE WHEN $3 = 'returned' THEN $4 END
       WHERE organisation_id = $1 AND id = $2 AND state = ANY($6) AND chunk_count = $8`,
      [
        this.tx.organisationId,
        takeId,
        proof.state,
        proof.verdict,
        proof.durationMs,
        statesBefore(takeTransitions, proof.state).filter((state) => state !== 'finalised'),
        proof.at,
        proof.segments.reduce((sum, segment) => sum + segment.chunkCount, 0),
      ],
    )) as [unknown, number];
    if (changed === 0) return false;
    await this.tx.segments.prove(takeId, proof.segments);
    return true;
  }

  /**
   * Closes a take of which a part is lost for good: what of each segment can be played is proved, the rest stays held.
   *
   * @returns false when the take is no longer open, or holds other chunks than were looked at
   */
  async salvage(
    takeId: string,
    proof: {
      segments: SegmentProof[];
      durationMs: number | null;
      missingSeconds: number;
      heldChunks: number;
      at: Date;
    },
  ): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE take SET state = 'finalised', verdict = 'partial', duration_ms = $3, missing_seconds = $4,
         finalised_at = $5
       WHERE organisation_id = $1 AND id = $2 AND state = 'open' AND chunk_count = $6`,
      [
        ...[this.tx.organisationId, takeId, proof.durationMs, proof.missingSeconds, proof.at],
        proof.heldChunks,
      ],
    )) as [unknown, number];
    if (changed === 0) return false;
    await this.tx.segments.prove(takeId, proof.segments);
    return true;
  }

  /**
   * Makes a take the kept one of its answer; the one kept before becomes discarded.
   *
   * @returns false when the take's state does not allow it (not received whole, or given back)
   */
  async keep(answerId: string, takeId: string): Promise<boolean> {
    if (!(await this.move(takeId, 'kept'))) return false;
    await this.discardKept(answerId, takeId);
    return true;
  }

  /** A take that was kept makes room for another answer. */
  async discardKept(answerId: string, exceptId: string | null = null): Promise<void> {
    await this.tx.em.query(
      `UPDATE take SET state = 'discarded'
       WHERE organisation_id = $1 AND answer_id = $2 AND id IS DISTINCT FROM $3 AND state = 'kept'`,
      [this.tx.organisationId, answerId, exceptId],
    );
  }

  /** Ends every recording of an interview that is not received whole: nothing is added to any from now on. */
  async discardOpen(interviewId: string): Promise<void> {
    await this.tx.em.query(
      `UPDATE take SET state = 'discarded' WHERE organisation_id = $1 AND interview_id = $2 AND state = 'open'`,
      [this.tx.organisationId, interviewId],
    );
  }

  /** Moves a take along its lifecycle. @returns false when its state does not allow it */
  async move(takeId: string, to: TakeState, returnReason: string | null = null): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE take SET state = $3, return_reason = $4 WHERE organisation_id = $1 AND id = $2 AND state = ANY($5)`,
      [this.tx.organisationId, takeId, to, returnReason, statesBefore(takeTransitions, to)],
    )) as [unknown, number];
    return changed > 0;
  }
}
