import { limits } from '@fairtake/contracts';
import { Database, type ChunkRow, type SegmentProof, type TakeRow } from '@fairtake/database';
import { missingSeconds, playablePrefixes } from '@fairtake/domain';
import { indexChunk, type Mp4Fragment } from '@fairtake/media';
import type { Logger } from '@fairtake/server-kit';
import { ObjectNotFound, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, STORAGE } from '../infrastructure.module';
import {
  chunksOf,
  indexedSeconds,
  indexedTogether,
  proveSegment,
  StoredBytesDiffer,
  takeMaxFragments,
} from './take-proof';

/** What of a take can be played although a part is lost. */
export interface PlayableParts {
  segments: SegmentProof[];
  durationMs: number | null;
  missingSeconds: number;
  /** Chunks held when it was looked at, played or not. */
  heldChunks: number;
}

/** Finds out what of a take that never arrived whole can be played, by reading it back from the store. */
@Injectable()
export class PlayablePartsService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @param declaredMs how long the recorder says that it recorded; null when nobody knows
   * @returns null when nothing can be played
   * @throws StorageError when the store cannot be asked: later it may
   */
  async find(
    organisationId: string,
    take: TakeRow,
    declaredMs: number | null,
  ): Promise<PlayableParts | null> {
    const held = await this.database.inOrganisation(organisationId, (tx) => tx.segments.chunks(take.id));
    const numbers = [...new Set(held.map((chunk) => chunk.segment))].sort((a, b) => a - b);
    const pieces = numbers.map((segment) => ({
      segment,
      indexes: chunksOf(held, segment).map((chunk) => chunk.index),
    }));
    const segments: SegmentProof[] = [];
    let [fragmentsLeft, recordedSeconds] = [takeMaxFragments, 0];
    for (const { segment, count } of playablePrefixes(pieces)) {
      const chunks = chunksOf(held, segment);
      const proof = await this.prove(take, segment, chunks.slice(0, count), fragmentsLeft);
      if (!proof || proof.container === null) continue;
      fragmentsLeft -= proof.fragments?.length ?? 0;
      recordedSeconds += await this.recordedSeconds(proof, chunks);
      segments.push(proof);
    }
    if (segments.length === 0) return null;
    const seconds = segments.map(indexedSeconds);
    const total = seconds.every((value) => value !== null)
      ? seconds.reduce((sum, value) => sum + value, 0)
      : null;
    if (total !== null && total < limits.shortTakeSeconds) return null;
    const played = segments.reduce((sum, segment) => sum + segment.chunkCount, 0);
    const known = pieces.reduce((sum, { indexes }) => sum + (indexes.at(-1) ?? -1) + 1, 0);
    return {
      segments: indexedTogether(segments),
      durationMs: total === null ? null : Math.round(total * 1000),
      missingSeconds: missingSeconds(take, { declaredMs, recordedSeconds }, total, { played, known }),
      heldChunks: held.length,
    };
  }

  /** A chunk that the store has lost or damaged is a gap: what comes before it can still be proved. Always loud. */
  private async prove(
    take: TakeRow,
    segment: number,
    chunks: readonly ChunkRow[],
    maxFragments: number,
  ): Promise<SegmentProof | null> {
    for (let rest = chunks; rest.length > 0;)
      try {
        return await proveSegment(segment, rest, (key) => this.storage.read(key), maxFragments);
      } catch (error) {
        if (!(error instanceof StoredBytesDiffer)) throw error;
        this.logger.error(
          { err: error, takeId: take.id },
          'a chunk that was acknowledged cannot be read back',
        );
        rest = rest.slice(0, error.index);
      }
    return null;
  }

  /**
   * Seconds that a segment lasted at least: up to the end of the last piece that came of it, by that piece's own time
   * stamps, else in proportion to the pieces. 0 when neither tells.
   */
  private async recordedSeconds(proof: SegmentProof, chunks: readonly ChunkRow[]): Promise<number> {
    const playable = indexedSeconds(proof);
    const last = chunks.at(-1)!;
    if (playable === null || last.index < proof.chunkCount) return playable ?? 0;
    const [begin, end] = [proof.fragments![0], await this.lastFragment(chunks)];
    return begin && end
      ? (end.startTicks + end.durationTicks - begin.startTicks) / proof.init!.timescale
      : (playable * (last.index + 1)) / proof.chunkCount;
  }

  private async lastFragment(chunks: readonly ChunkRow[]): Promise<Mp4Fragment | undefined> {
    const read = (chunk: ChunkRow): Promise<Buffer> =>
      this.storage.read(chunk.storageKey).catch((error: unknown) => {
        if (error instanceof ObjectNotFound) return Buffer.alloc(0);
        throw error;
      });
    const header = indexChunk(await read(chunks[0]!), { first: true });
    if (!header.ok || !header.init) return undefined;
    const indexed = indexChunk(await read(chunks.at(-1)!), { first: false, tracks: header.init.tracks });
    return indexed.ok ? indexed.fragments.at(-1) : undefined;
  }
}
