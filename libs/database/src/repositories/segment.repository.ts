import type { TenantContext } from '../tenant-context';

/** One fragment of a segment: where it lies in its chunk and how long it plays, in ticks of the segment. */
export interface IndexedFragment {
  chunk: number;
  offset: number;
  sizeBytes: number;
  startTicks: number;
  durationTicks: number;
  keyFrame: boolean;
}

/** `ftyp` + `moov` at the start of a segment's first chunk. */
export interface IndexedInit {
  offset: number;
  sizeBytes: number;
  /** Ticks per second of every fragment of the segment. */
  timescale: number;
  tracks: readonly { kind: 'video' | 'audio'; codec: string; width?: number; height?: number }[];
}

export interface SegmentRow {
  number: number;
  lease: string;
  container: 'mp4' | 'webm' | null;
  init: IndexedInit | null;
  /** Null when the segment is not made of whole MP4 fragments. */
  fragments: IndexedFragment[] | null;
  chunkCount: number | null;
  sizeBytes: number | null;
  sha256: string | null;
  manifestSha256: string | null;
}

export interface ChunkRow {
  segment: number;
  index: number;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
}

export type ProvedSegmentRow = SegmentRow & SegmentProof;

export interface SegmentProof {
  number: number;
  container: 'mp4' | 'webm' | null;
  init: IndexedInit | null;
  fragments: IndexedFragment[] | null;
  chunkCount: number;
  sizeBytes: number;
  sha256: string;
  manifestSha256: string;
}

const segmentColumns = `number, lease, container, init, fragments, chunk_count AS "chunkCount",
  size_bytes::float8 AS "sizeBytes", sha256, manifest_sha256 AS "manifestSha256"`;

/** What a take consists of: encoder starts and their chunks, as they arrived and as they were proved. */
export class SegmentRepository {
  constructor(private readonly tx: TenantContext) {}

  /** Every segment that was opened, also those whose first chunk has not come, or never will. */
  list(takeId: string): Promise<SegmentRow[]> {
    return this.tx.em.query<SegmentRow[]>(
      `SELECT ${segmentColumns} FROM segment WHERE organisation_id = $1 AND take_id = $2 ORDER BY number`,
      [this.tx.organisationId, takeId],
    );
  }

  /** What finalise proved. A segment opened for a chunk that never came is no part of the recording. */
  proved(takeId: string): Promise<ProvedSegmentRow[]> {
    return this.tx.em.query<ProvedSegmentRow[]>(
      `SELECT ${segmentColumns} FROM segment
       WHERE organisation_id = $1 AND take_id = $2 AND chunk_count IS NOT NULL ORDER BY number`,
      [this.tx.organisationId, takeId],
    );
  }

  async open(takeId: string, number: number, lease: string): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO segment (organisation_id, take_id, number, lease) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT pk_segment DO NOTHING`,
      [this.tx.organisationId, takeId, number, lease],
    );
  }

  chunks(takeId: string): Promise<ChunkRow[]> {
    return this.tx.em.query<ChunkRow[]>(
      `SELECT segment, index, size_bytes AS "sizeBytes", sha256, storage_key AS "storageKey"
       FROM chunk WHERE organisation_id = $1 AND take_id = $2 ORDER BY segment, index`,
      [this.tx.organisationId, takeId],
    );
  }

  async findChunk(takeId: string, segment: number, index: number): Promise<ChunkRow | null> {
    const [row] = await this.tx.em.query<ChunkRow[]>(
      `SELECT segment, index, size_bytes AS "sizeBytes", sha256, storage_key AS "storageKey"
       FROM chunk WHERE organisation_id = $1 AND take_id = $2 AND segment = $3 AND index = $4`,
      [this.tx.organisationId, takeId, segment, index],
    );
    return row ?? null;
  }

  /** Writes what was proved of segments, in the transaction that closes their take. */
  async prove(takeId: string, segments: readonly SegmentProof[]): Promise<void> {
    for (const segment of segments)
      await this.tx.em.query(
        `UPDATE segment SET container = $4, init = $5, fragments = $6, chunk_count = $7, size_bytes = $8, sha256 = $9,
           manifest_sha256 = $10
         WHERE organisation_id = $1 AND take_id = $2 AND number = $3`,
        [
          this.tx.organisationId,
          takeId,
          segment.number,
          segment.container,
          segment.init && JSON.stringify(segment.init),
          segment.fragments && JSON.stringify(segment.fragments),
          segment.chunkCount,
          segment.sizeBytes,
          segment.sha256,
          segment.manifestSha256,
        ],
      );
  }
}
