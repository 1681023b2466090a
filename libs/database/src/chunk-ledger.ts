import type { InterviewState, TakeState } from '@fairtake/contracts';
import type { NamedStatement } from './one-trip';
import { deadline } from './repositories/deadline';
import type { ChunkRow } from './repositories/segment.repository';

/** Where a chunk belongs. */
export interface ChunkPlace {
  interviewId: string;
  takeId: string;
  segment: number;
  index: number;
}

/** Everything that decides whether a chunk may be stored, as of one moment. */
export interface ChunkFacts {
  /** Whether the candidate agreed to any version of the notice: what was begun under it may be finished. */
  consented: boolean;
  interviewState: InterviewState;
  /** The moment that decides, pauses included; null when there is none. */
  deadlineAt: Date | null;
  /** Null when the interview has no such take, or its answer was erased. */
  take: {
    state: TakeState;
    startedAt: Date;
    recordingEndsAt: Date;
    openedLate: boolean;
    chunkCount: number;
    sizeBytes: number;
  } | null;
  /** The lease that opened the chunk's segment; null when no chunk of it was announced yet. */
  segmentLease: string | null;
  /** Digest of what already has the chunk's place; null when it is free. */
  heldSha256: string | null;
}

interface FactsRow {
  consented: boolean;
  interviewState: InterviewState;
  deadlineAt: Date | null;
  takeState: TakeState | null;
  startedAt: Date;
  recordingEndsAt: Date;
  openedLate: boolean;
  chunkCount: number;
  sizeBytes: number;
  segmentLease: string | null;
  heldSha256: string | null;
}

const factsStatement: NamedStatement = {
  name: 'chunk-facts',
  text: `SELECT EXISTS (SELECT 1 FROM consent c WHERE c.organisation_id = $1 AND c.interview_id = $2) AS consented,
      i.state AS "interviewState", ${deadline} AS "deadlineAt", t.state AS "takeState",
      t.started_at AS "startedAt", t.recording_ends_at AS "recordingEndsAt", t.opened_late AS "openedLate",
      t.chunk_count AS "chunkCount", t.size_bytes::float8 AS "sizeBytes",
      (SELECT s.lease FROM segment s
        WHERE s.organisation_id = $1 AND s.take_id = t.id AND s.number = $4) AS "segmentLease",
      (SELECT h.sha256 FROM chunk h
        WHERE h.organisation_id = $1 AND h.take_id = t.id AND h.segment = $4 AND h.index = $5) AS "heldSha256"
    FROM interview i
    JOIN position p ON p.organisation_id = i.organisation_id AND p.id = i.position_id
    LEFT JOIN take t ON t.organisation_id = $1 AND t.id = $3 AND t.interview_id = i.id
      AND EXISTS (SELECT 1 FROM answer a WHERE a.organisation_id = $1 AND a.id = t.answer_id AND a.erased_at IS NULL)
    WHERE i.organisation_id = $1 AND i.id = $2`,
};

// The counter's row lock makes this and finalise exclude one another; a place that is taken undoes both.
const recordStatement: NamedStatement = {
  name: 'record-chunk',
  text: `WITH grown AS (
      UPDATE take SET chunk_count = chunk_count + 1, size_bytes = size_bytes + $5::integer, leased_at = $8
      WHERE organisation_id = $1 AND id = $2 AND state = 'open'
        AND chunk_count < $9 AND size_bytes + $5::integer <= $10
        AND EXISTS (SELECT 1 FROM interview i
                    WHERE i.organisation_id = $1 AND i.id = take.interview_id AND i.state <> 'withdrawn')
      RETURNING id
    )
    INSERT INTO chunk (organisation_id, take_id, segment, index, size_bytes, sha256, storage_key)
    SELECT $1, grown.id, $3, $4, $5, $6, $7 FROM grown RETURNING 1`,
};

/** Runs a statement in a transaction of its own inside an organisation. */
export type AskInOrganisation = <Row>(
  organisationId: string,
  statement: NamedStatement,
  values: unknown[],
) => Promise<Row[]>;

/**
 * The two questions every chunk of every recording asks, each in one round trip: may it be stored, and now it is. Not
 * for use inside a transaction.
 */
export class ChunkLedger {
  constructor(private readonly ask: AskInOrganisation) {}

  /** @returns null when there is no such interview. @throws DatabaseUnavailable */
  async find(organisationId: string, place: ChunkPlace): Promise<ChunkFacts | null> {
    const { interviewId, takeId, segment, index } = place;
    const [row] = await this.ask<FactsRow>(organisationId, factsStatement, [
      ...[organisationId, interviewId, takeId, segment, index],
    ]);
    if (!row) return null;
    const { consented, interviewState, deadlineAt, takeState, segmentLease, heldSha256, ...take } = row;
    return {
      ...{ consented, interviewState, deadlineAt, segmentLease, heldSha256 },
      take: takeState && { state: takeState, ...take },
    };
  }

  /**
   * Records a chunk whose bytes are already durable. Only an open take of an interview that was not withdrawn grows.
   *
   * @param bounds.at the server's time: the lease is seen to live
   * @param bounds.maxChunks what the take may hold with this chunk, `bounds.maxBytes` likewise
   * @returns false when the take may not grow; nothing is recorded then
   * @throws DatabaseUnavailable; a violation of `pk_chunk` when the place is taken, nothing is recorded then
   */
  async record(
    organisationId: string,
    takeId: string,
    chunk: ChunkRow,
    bounds: { at: Date; maxChunks: number; maxBytes: number },
  ): Promise<boolean> {
    const rows = await this.ask<unknown>(organisationId, recordStatement, [
      ...[
        organisationId,
        takeId,
        chunk.segment,
        chunk.index,
        chunk.sizeBytes,
        chunk.sha256,
        chunk.storageKey,
      ],
      ...[bounds.at, bounds.maxChunks, bounds.maxBytes],
    ]);
    return rows.length > 0;
  }
}
