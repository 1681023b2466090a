import type { FileType, QuestionSettings, ResponseContent } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { TenantContext } from '../tenant-context';
import type { AnswerRow } from './answer.repository';
import type { IndexedFragment, IndexedInit } from './segment.repository';

export type RenditionKind = 'progressive' | 'hls_720' | 'hls_360' | 'hls_audio';
export type AssetKind = 'poster' | 'storyboard' | 'waveform';

/** A stored object: where, how large, which bytes. */
export interface ObjectRow {
  storageKey: string;
  sizeBytes: number;
  sha256: string;
}

export interface RenditionRow extends ObjectRow {
  kind: RenditionKind;
  mimeType: string;
  codecs: string;
  width: number | null;
  height: number | null;
  durationSeconds: number;
  init: IndexedInit | null;
  /** Byte ranges of the object; null for a progressive file. */
  fragments: Omit<IndexedFragment, 'chunk'>[] | null;
}

/** What was kept of an answer that was not recorded. */
export interface GivenResponseRow {
  content: ResponseContent;
  settings: QuestionSettings | null;
  /** Language the candidate went through the interview in. */
  locale: string;
  /** The file `content` names. */
  file: { name: string; sizeBytes: number; type: FileType } | null;
}

/** An answer with everything that can be played of its present generation. */
export interface PlayableAnswerRow extends Pick<
  AnswerRow,
  | 'id'
  | 'generation'
  | 'mediaState'
  | 'mediaFailure'
  | 'mediaFlagged'
  | 'missingSeconds'
  | 'audioOnly'
  | 'durationSeconds'
> {
  /** The recording itself plays from its rows: every segment is made of whole MP4 fragments. */
  indexed: boolean;
  renditions: { kind: RenditionKind; mimeType: string }[];
  hasPoster: boolean;
  /** Null for a recording. */
  response: GivenResponseRow | null;
}

/** What can be played, and by whom. */
export class MediaRepository {
  constructor(private readonly tx: TenantContext) {}

  /** Answers of which nothing was kept are left out. In no promised order. */
  list(answerIds: readonly string[]): Promise<PlayableAnswerRow[]> {
    return this.tx.em.query<PlayableAnswerRow[]>(
      `SELECT a.id, a.generation, a.media_state AS "mediaState", a.media_failure AS "mediaFailure",
              a.media_flagged AS "mediaFlagged", a.missing_seconds AS "missingSeconds", a.audio_only AS "audioOnly", a.duration_seconds AS "durationSeconds",
              NOT EXISTS (SELECT 1 FROM segment s WHERE s.organisation_id = a.organisation_id
                          AND s.take_id = a.kept_take_id AND s.chunk_count IS NOT NULL AND s.fragments IS NULL) AS indexed,
              coalesce((SELECT json_agg(json_build_object('kind', r.kind, 'mimeType', r.mime_type) ORDER BY r.kind)
                        FROM rendition r WHERE r.organisation_id = a.organisation_id AND r.answer_id = a.id
                        AND r.generation = a.generation), '[]') AS renditions,
              EXISTS (SELECT 1 FROM asset p WHERE p.organisation_id = a.organisation_id AND p.answer_id = a.id
                      AND p.generation = a.generation AND p.kind = 'poster') AS "hasPoster",
              CASE WHEN a.kept_take_id IS NULL THEN json_build_object(
                'content', r.kept, 'settings', q.settings, 'locale', i.locale,
                'file', CASE WHEN f.id IS NOT NULL THEN json_build_object(
                  'name', f.name, 'sizeBytes', f.size_bytes, 'type', f.type) END) END AS response
       FROM answer a
       JOIN question q ON q.organisation_id = a.organisation_id AND q.id = a.question_id
       JOIN interview i ON i.organisation_id = a.organisation_id AND i.id = a.interview_id
       LEFT JOIN response r ON r.organisation_id = a.organisation_id AND r.answer_id = a.id
       LEFT JOIN file f ON f.organisation_id = a.organisation_id AND f.answer_id = a.id AND f.state = 'kept'
       WHERE a.organisation_id = $1 AND a.id = ANY($2) AND a.kept_at IS NOT NULL AND a.erased_at IS NULL`,
      [this.tx.organisationId, answerIds],
    );
  }

  /**
   * What is kept of a submitted answer in the generation a URL names (`takeId` null for a response); null when that generation is not the present
   * one, when nothing can be played yet, or when the interview was not sent: nobody watches what was not given.
   */
  async findPlayable(answerId: string, generation: number): Promise<{ takeId: string | null } | null> {
    const [row] = await this.tx.em.query<{ takeId: string | null }[]>(
      `SELECT a.kept_take_id AS "takeId" FROM answer a
       JOIN interview i ON i.organisation_id = a.organisation_id AND i.id = a.interview_id
       WHERE a.organisation_id = $1 AND a.id = $2 AND a.generation = $3 AND a.erased_at IS NULL
         AND a.media_state IN ('playable', 'finished') AND i.state = 'submitted' AND i.erased_at IS NULL`,
      [this.tx.organisationId, answerId, generation],
    );
    return row ?? null;
  }

  /** Whether a member was given this answer to review. */
  async isAssigned(memberId: string, answerId: string): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `SELECT 1 FROM assignment WHERE organisation_id = $1 AND member_id = $2 AND answer_id = $3
         AND state IN ('open', 'done') LIMIT 1`,
      [this.tx.organisationId, memberId, answerId],
    );
    return rows.length > 0;
  }

  /** The file an answer keeps, and whether its name may be told to somebody who does not know whose it is. */
  async keptFile(
    answerId: string,
  ): Promise<(ObjectRow & { name: string; type: FileType; blind: boolean }) | null> {
    const [row] = await this.tx.em.query<(ObjectRow & { name: string; type: FileType; blind: boolean })[]>(
      `SELECT f.name, f.type, f.storage_key AS "storageKey", f.size_bytes::float8 AS "sizeBytes", f.sha256, p.blind
       FROM file f
       JOIN interview i ON i.organisation_id = f.organisation_id AND i.id = f.interview_id
       JOIN position p ON p.organisation_id = i.organisation_id AND p.id = i.position_id
       WHERE f.organisation_id = $1 AND f.answer_id = $2 AND f.state = 'kept'`,
      [this.tx.organisationId, answerId],
    );
    return row ?? null;
  }

  async rendition(answerId: string, generation: number, kind: string): Promise<RenditionRow | null> {
    const [row] = await this.tx.em.query<RenditionRow[]>(
      `SELECT kind, mime_type AS "mimeType", codecs, width, height, duration_seconds AS "durationSeconds",
              storage_key AS "storageKey", size_bytes::float8 AS "sizeBytes", sha256, init, fragments
       FROM rendition WHERE organisation_id = $1 AND answer_id = $2 AND generation = $3 AND kind = $4`,
      [this.tx.organisationId, answerId, generation, kind],
    );
    return row ?? null;
  }

  async asset(answerId: string, generation: number, kind: AssetKind): Promise<ObjectRow | null> {
    const [row] = await this.tx.em.query<ObjectRow[]>(
      `SELECT storage_key AS "storageKey", size_bytes::float8 AS "sizeBytes", sha256
       FROM asset WHERE organisation_id = $1 AND answer_id = $2 AND generation = $3 AND kind = $4`,
      [this.tx.organisationId, answerId, generation, kind],
    );
    return row ?? null;
  }

  /** Storage keys that rows of one generation name: everything else in its folders is litter of killed runs. */
  async storageKeys(answerId: string, generation: number): Promise<string[]> {
    const rows = await this.tx.em.query<{ key: string }[]>(
      `SELECT storage_key AS key FROM rendition WHERE organisation_id = $1 AND answer_id = $2 AND generation = $3
       UNION ALL
       SELECT storage_key FROM asset WHERE organisation_id = $1 AND answer_id = $2 AND generation = $3`,
      [this.tx.organisationId, answerId, generation],
    );
    return rows.map((row) => row.key);
  }

  /** @returns false when this generation has one already: a second run publishes nothing */
  async addRendition(answerId: string, generation: number, rendition: RenditionRow): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `INSERT INTO rendition (organisation_id, id, answer_id, generation, kind, mime_type, codecs, width, height,
                              duration_seconds, storage_key, size_bytes, sha256, init, fragments)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
       ON CONFLICT ON CONSTRAINT uq_rendition_kind DO NOTHING RETURNING 1`,
      [
        ...[this.tx.organisationId, uuidv7(), answerId, generation, rendition.kind],
        ...[
          rendition.mimeType,
          rendition.codecs,
          rendition.width,
          rendition.height,
          rendition.durationSeconds,
        ],
        ...[rendition.storageKey, rendition.sizeBytes, rendition.sha256],
        rendition.init && JSON.stringify(rendition.init),
        rendition.fragments && JSON.stringify(rendition.fragments),
      ],
    );
    return rows.length > 0;
  }

  /** @returns false when this generation has one already */
  async addAsset(answerId: string, generation: number, kind: AssetKind, object: ObjectRow): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `INSERT INTO asset (organisation_id, id, answer_id, generation, kind, storage_key, size_bytes, sha256)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT ON CONSTRAINT uq_asset_kind DO NOTHING RETURNING 1`,
      [
        ...[this.tx.organisationId, uuidv7(), answerId, generation, kind],
        ...[object.storageKey, object.sizeBytes, object.sha256],
      ],
    );
    return rows.length > 0;
  }

  /** A view, once per id. @returns false when it was recorded before */
  async recordPlayback(playback: {
    id: string;
    answerId: string;
    memberId: string;
    generation: number;
  }): Promise<boolean> {
    const rows = await this.tx.em.query<unknown[]>(
      `INSERT INTO playback (organisation_id, id, answer_id, member_id, generation) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT ON CONSTRAINT pk_playback DO NOTHING RETURNING 1`,
      [this.tx.organisationId, playback.id, playback.answerId, playback.memberId, playback.generation],
    );
    return rows.length > 0;
  }
}
