import { setTimeout as wait } from 'node:timers/promises';
import { limits, type FinalisedTake, type FinaliseTake } from '@fairtake/contracts';
import { Database, type ChunkRow, type SegmentProof, type TakeRow } from '@fairtake/database';
import { AppError, Failpoints } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { CandidateActor } from '../security/actors';
import { Clock, STORAGE } from '../infrastructure.module';
import { finalisedTake } from './finalised-take.mapper';
import { recordFault } from './take-faults';
import {
  chunksOf,
  indexedSeconds,
  indexedTogether,
  matchesManifest,
  missingChunks,
  proveSegment,
  takeMaxFragments,
} from './take-proof';

const pollMs = 50;

/** Proves that a take has arrived whole and closes it. */
@Injectable()
export class TakeFinalisingService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly failpoints: Failpoints,
  ) {}

  async finalise(candidate: CandidateActor, takeId: string, manifest: FinaliseTake): Promise<FinalisedTake> {
    const held = await this.waitForChunks(candidate, takeId, manifest);
    if (!matchesManifest(manifest, held)) throw new AppError('manifest_differs');
    const take = await this.requireTake(candidate, takeId);
    if (take.state !== 'open') return this.repeated(candidate, take);
    const proved = await this.prove(manifest, held);
    const verdict = judge(proved, manifest);
    const segments = indexedTogether(proved);
    await this.failpoints.reach('finalise.before_commit');
    const closed = await this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const now = this.clock.now();
      const written = await tx.takes.finalise(takeId, {
        segments,
        durationMs: manifest.durationMs,
        verdict,
        // Too short or empty: told at once, and the take does not count.
        state: verdict === 'complete' ? 'finalised' : 'returned',
        at: now,
      });
      if (written && verdict !== 'complete') {
        const seen = { ...take, verdict, durationMs: manifest.durationMs };
        await recordFault(tx, seen, { reason: verdict, witness: { source: 'server' }, now });
      }
      return written;
    });
    await this.failpoints.reach('finalise.after_commit');
    const after = await this.requireTake(candidate, takeId);
    // Still open although nothing was written: a chunk beyond the manifest arrived after the comparison.
    if (!closed && after.state === 'open') throw new AppError('manifest_differs');
    return this.repeated(candidate, after);
  }

  private async prove(manifest: FinaliseTake, held: readonly ChunkRow[]): Promise<SegmentProof[]> {
    const segments: SegmentProof[] = [];
    let fragmentsLeft = takeMaxFragments;
    for (const number of manifest.segments.keys()) {
      const read = (key: string): Promise<Buffer> => this.storage.read(key);
      const segment = await proveSegment(number, chunksOf(held, number), read, fragmentsLeft);
      fragmentsLeft -= segment.fragments?.length ?? 0;
      segments.push(segment);
    }
    return segments;
  }

  /** What was answered the first time: the same manifest again changes nothing. */
  private async repeated(candidate: CandidateActor, take: TakeRow): Promise<FinalisedTake> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) =>
      finalisedTake(take, await tx.segments.proved(take.id)),
    );
  }

  /** Finalise may be sent beside the last chunk, so a chunk on its way is waited for a moment. */
  private async waitForChunks(
    candidate: CandidateActor,
    takeId: string,
    manifest: FinaliseTake,
  ): Promise<ChunkRow[]> {
    const until = this.clock.now().getTime() + limits.finaliseWaitMs;
    for (;;) {
      const take = await this.requireTake(candidate, takeId);
      const held = await this.database.inOrganisation(candidate.organisationId, (tx) =>
        tx.segments.chunks(takeId),
      );
      const missing = missingChunks(manifest, held);
      if (missing.length === 0) return held;
      if (take.state !== 'open' || this.clock.now().getTime() >= until)
        throw new AppError('chunks_missing', { missing });
      await wait(pollMs);
    }
  }

  private async requireTake(candidate: CandidateActor, takeId: string): Promise<TakeRow> {
    const take = await this.database.inOrganisation(candidate.organisationId, (tx) =>
      tx.takes.find(candidate.interviewId, takeId),
    );
    if (!take) throw new AppError('not_found');
    return take;
  }
}

function judge(
  segments: readonly SegmentProof[],
  manifest: FinaliseTake,
): 'complete' | 'too_short' | 'no_media' {
  if (segments.some((segment) => segment.container === null)) return 'no_media';
  const seconds = segments.map(indexedSeconds);
  const known = seconds.every((value) => value !== null);
  const total = known ? seconds.reduce((sum, value) => sum + value, 0) : manifest.durationMs / 1000;
  return total < limits.shortTakeSeconds ? 'too_short' : 'complete';
}
