import {
  jobs,
  type JobName,
  type MediaState,
  type ResponseContent,
  type TakeState,
} from '@fairtake/contracts';
import type { Outbox } from '../entities';
import type { TenantContext } from '../tenant-context';
import type { AssetKind, ObjectRow, RenditionRow } from './media.repository';
import type { ChunkRow, SegmentRow } from './segment.repository';

/** Where a walk through a table goes on: rows in the order of their ids, `limit` of them behind `after`. */
export interface Page {
  /** Null for the first page. */
  after: string | null;
  limit: number;
}

/** A take with what it says of its chunks and what there is of them, from one moment. */
export interface StoredTakeRow {
  id: string;
  state: TakeState;
  finalisedAt: Date | null;
  /** As counted while chunks came in. */
  sizeBytes: number;
  chunkCount: number;
  /** As summed over the chunk rows. */
  heldBytes: number;
  heldChunks: number;
  /** Media of the answer when this take is the one it keeps, otherwise null. */
  keptAs: MediaState | null;
  /** A part was lost for good: its segments are proved up to their first gap only. */
  salvaged: boolean;
}

export type StoredSegmentRow = SegmentRow & { takeId: string };
export type StoredChunkRow = ChunkRow & { takeId: string };
export type StoredRenditionRow = RenditionRow & { answerId: string; generation: number };
export type StoredAssetRow = ObjectRow & { answerId: string; generation: number; kind: AssetKind };

/** An answer with the take it keeps and the jobs of its present generation, from one moment. */
export interface StoredAnswerRow {
  id: string;
  generation: number;
  mediaState: MediaState;
  mediaFlagged: boolean;
  durationSeconds: number | null;
  keptAt: Date | null;
  submittedAt: Date | null;
  /** Null when no take is kept. */
  take: {
    id: string;
    state: TakeState;
    ofThisAnswer: boolean;
    /** As the recorder declared it. */
    durationMs: number | null;
    /** The recording plays from its rows. */
    indexed: boolean;
  } | null;
  jobs: { name: JobName; state: Outbox['state'] }[];
  /** What was written, chosen or sent; null when nothing of the kind was ever saved. */
  response: {
    /** Of what is kept. */
    kind: ResponseContent['kind'] | null;
    /** The file the kept response names was received and is marked as the answer. */
    fileKept: boolean;
  } | null;
}

/** A candidate's file on its way, or received. */
export interface StoredFileRow {
  id: string;
  /** Null until it was received. */
  whole: ObjectRow | null;
  /** Of a file on its way. */
  pieces: (ObjectRow & { index: number })[];
}

/** A job that was handed over, or given up. */
export interface UnfinishedJobRow {
  id: string;
  name: JobName;
  state: 'enqueued' | 'dead';
  attempts: number;
  enqueuedAt: Date | null;
  lastError: string | null;
}

const answerJobs = Object.keys(jobs);

/**
 * What the invariants are checked against, page by page: no call reads a table whole. Takes and answers that were
 * erased are left out, whatever is still there of them.
 */
export class IntegrityRepository {
  constructor(private readonly tx: TenantContext) {}

  takes({ after, limit }: Page): Promise<StoredTakeRow[]> {
    return this.tx.em.query<StoredTakeRow[]>(
      `SELECT t.id, t.state, t.finalised_at AS "finalisedAt", t.size_bytes::float8 AS "sizeBytes",
              t.chunk_count AS "chunkCount", held.bytes::float8 AS "heldBytes", held.chunks::integer AS "heldChunks",
              CASE WHEN a.kept_take_id = t.id THEN a.media_state END AS "keptAs",
              coalesce(t.verdict = 'partial', false) AS salvaged
       FROM take t
       JOIN answer a ON a.organisation_id = t.organisation_id AND a.id = t.answer_id
       JOIN interview i ON i.organisation_id = t.organisation_id AND i.id = t.interview_id
       CROSS JOIN LATERAL (
            SELECT coalesce(sum(c.size_bytes), 0) AS bytes, count(*) AS chunks FROM chunk c
             WHERE c.organisation_id = t.organisation_id AND c.take_id = t.id) held
       WHERE t.organisation_id = $1 AND ($2::uuid IS NULL OR t.id > $2)
         AND a.erased_at IS NULL AND i.erased_at IS NULL
       ORDER BY t.id LIMIT $3`,
      [this.tx.organisationId, after, limit],
    );
  }

  segments(takeIds: readonly string[]): Promise<StoredSegmentRow[]> {
    return this.tx.em.query<StoredSegmentRow[]>(
      `SELECT take_id AS "takeId", number, lease, container, init, fragments, chunk_count AS "chunkCount",
              size_bytes::float8 AS "sizeBytes", sha256, manifest_sha256 AS "manifestSha256"
       FROM segment WHERE organisation_id = $1 AND take_id = ANY($2) ORDER BY take_id, number`,
      [this.tx.organisationId, takeIds],
    );
  }

  chunks(takeIds: readonly string[]): Promise<StoredChunkRow[]> {
    return this.tx.em.query<StoredChunkRow[]>(
      `SELECT take_id AS "takeId", segment, index, size_bytes AS "sizeBytes", sha256, storage_key AS "storageKey"
       FROM chunk WHERE organisation_id = $1 AND take_id = ANY($2) ORDER BY take_id, segment, index`,
      [this.tx.organisationId, takeIds],
    );
  }

  answers({ after, limit }: Page): Promise<StoredAnswerRow[]> {
    return this.tx.em.query<StoredAnswerRow[]>(
      `SELECT a.id, a.generation, a.media_state AS "mediaState", a.media_flagged AS "mediaFlagged",
              a.duration_seconds AS "durationSeconds", a.kept_at AS "keptAt", i.submitted_at AS "submittedAt",
              CASE WHEN t.id IS NOT NULL THEN json_build_object(
                'id', t.id, 'state', t.state, 'ofThisAnswer', t.answer_id = a.id, 'durationMs', t.duration_ms,
                'indexed', NOT EXISTS (SELECT 1 FROM segment s WHERE s.organisation_id = t.organisation_id
                                       AND s.take_id = t.id AND s.chunk_count IS NOT NULL
                                       AND s.fragments IS NULL)) END AS take,
              coalesce((SELECT json_agg(json_build_object('name', o.name, 'state', o.state)) FROM outbox o
                        WHERE o.organisation_id = a.organisation_id AND o.name = ANY($4)
                        AND o.dedupe_key = a.id || ':' || a.generation), '[]') AS jobs,
              CASE WHEN r.answer_id IS NOT NULL THEN json_build_object(
                'kind', r.kept->>'kind',
                'fileKept', EXISTS (SELECT 1 FROM file f WHERE f.organisation_id = a.organisation_id
                                    AND f.answer_id = a.id AND f.state = 'kept'
                                    AND f.id::text = r.kept->>'fileId')) END AS response
       FROM answer a
       JOIN interview i ON i.organisation_id = a.organisation_id AND i.id = a.interview_id
       LEFT JOIN take t ON t.organisation_id = a.organisation_id AND t.id = a.kept_take_id
       LEFT JOIN response r ON r.organisation_id = a.organisation_id AND r.answer_id = a.id
       WHERE a.organisation_id = $1 AND ($2::uuid IS NULL OR a.id > $2)
         AND a.erased_at IS NULL AND i.erased_at IS NULL
       ORDER BY a.id LIMIT $3`,
      [this.tx.organisationId, after, limit, answerJobs],
    );
  }

  /** Of every generation, so that those nobody needs any more are seen as well. */
  renditions(answerIds: readonly string[]): Promise<StoredRenditionRow[]> {
    return this.tx.em.query<StoredRenditionRow[]>(
      `SELECT answer_id AS "answerId", generation, kind, mime_type AS "mimeType", codecs, width, height,
              duration_seconds AS "durationSeconds", storage_key AS "storageKey", size_bytes::float8 AS "sizeBytes",
              sha256, init, fragments
       FROM rendition WHERE organisation_id = $1 AND answer_id = ANY($2) ORDER BY answer_id, generation, kind`,
      [this.tx.organisationId, answerIds],
    );
  }

  /** Of every generation. */
  assets(answerIds: readonly string[]): Promise<StoredAssetRow[]> {
    return this.tx.em.query<StoredAssetRow[]>(
      `SELECT answer_id AS "answerId", generation, kind, storage_key AS "storageKey",
              size_bytes::float8 AS "sizeBytes", sha256
       FROM asset WHERE organisation_id = $1 AND answer_id = ANY($2) ORDER BY answer_id, generation, kind`,
      [this.tx.organisationId, answerIds],
    );
  }

  files({ after, limit }: Page): Promise<StoredFileRow[]> {
    return this.tx.em.query<StoredFileRow[]>(
      `SELECT f.id,
              CASE WHEN f.state <> 'open' THEN json_build_object(
                'storageKey', f.storage_key, 'sizeBytes', f.size_bytes, 'sha256', f.sha256) END AS whole,
              CASE WHEN f.state = 'open' THEN coalesce((
                SELECT json_agg(json_build_object('index', p.index, 'storageKey', p.storage_key,
                         'sizeBytes', p.size_bytes, 'sha256', p.sha256) ORDER BY p.index)
                FROM file_piece p WHERE p.organisation_id = f.organisation_id AND p.file_id = f.id), '[]')
              ELSE '[]' END AS pieces
       FROM file f
       JOIN answer a ON a.organisation_id = f.organisation_id AND a.id = f.answer_id
       JOIN interview i ON i.organisation_id = f.organisation_id AND i.id = f.interview_id
       WHERE f.organisation_id = $1 AND f.state <> 'discarded' AND ($2::uuid IS NULL OR f.id > $2)
         AND a.erased_at IS NULL AND i.erased_at IS NULL
       ORDER BY f.id LIMIT $3`,
      [this.tx.organisationId, after, limit],
    );
  }

  unfinishedJobs({ after, limit }: Page): Promise<UnfinishedJobRow[]> {
    return this.tx.em.query<UnfinishedJobRow[]>(
      `SELECT id, name, state, attempts, enqueued_at AS "enqueuedAt", last_error AS "lastError" FROM outbox
       WHERE organisation_id = $1 AND state IN ('enqueued', 'dead') AND ($2::uuid IS NULL OR id > $2)
       ORDER BY id LIMIT $3`,
      [this.tx.organisationId, after, limit],
    );
  }

  /**
   * Which of these storage keys a row names. Keys have no index of their own, so each is looked for at its owner.
   *
   * @param keys a few hundred at most, with the take, probe, file or answer that each was made for
   */
  async namedKeys(keys: readonly { key: string; ownerId: string }[]): Promise<Set<string>> {
    const rows = await this.tx.em.query<{ key: string }[]>(
      `SELECT storage_key AS key FROM chunk
        WHERE organisation_id = $1 AND take_id = ANY($2) AND storage_key = ANY($3)
       UNION ALL
       SELECT storage_key FROM probe_chunk
        WHERE organisation_id = $1 AND probe_id = ANY($2) AND storage_key = ANY($3)
       UNION ALL
       SELECT storage_key FROM file_piece
        WHERE organisation_id = $1 AND file_id = ANY($2) AND storage_key = ANY($3)
       UNION ALL
       SELECT storage_key FROM file
        WHERE organisation_id = $1 AND id = ANY($2) AND storage_key = ANY($3)
       UNION ALL
       SELECT storage_key FROM rendition
        WHERE organisation_id = $1 AND answer_id = ANY($2) AND storage_key = ANY($3)
       UNION ALL
       SELECT storage_key FROM asset
        WHERE organisation_id = $1 AND answer_id = ANY($2) AND storage_key = ANY($3)`,
      [this.tx.organisationId, [...new Set(keys.map((one) => one.ownerId))], keys.map((one) => one.key)],
    );
    return new Set(rows.map((row) => row.key));
  }

  /** Bytes that candidates sent, renditions not counted: how long reading all of them back would take. */
  async recordedBytes(): Promise<number> {
    const [row] = await this.tx.em.query<{ bytes: number }[]>(
      'SELECT coalesce(sum(size_bytes), 0)::float8 AS bytes FROM take WHERE organisation_id = $1',
      [this.tx.organisationId],
    );
    return row!.bytes;
  }
}
