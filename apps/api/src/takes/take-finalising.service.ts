import { limits, type FinalisedTake, type FinaliseTake, type MissingChunks } from '@fairtake/contracts';
import {
  Database,
  type ChunkRow,
  type ProvedSegmentRow,
  type SegmentProof,
  type TakeRow,
} from '@fairtake/database';
import { AppError, Failpoints } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { CandidateActor } from '../security/actors';
import { Clock, STORAGE } from '../infrastructure.module';
import { ChunkArrivals } from './chunk-arrivals';
import { finalisedTake } from './finalised-take.mapper';
import { recordFault } from './take-faults';
import { indexedSeconds, indexedTogether, matchesManifest, missingChunks, TakeProving } from './take-proof';

/** When chunks that other processes recorded are looked for the first time; then after twice that, and so on. */
const firstLookAgainMs = 250;

/** Missing chunks that may be on their way: with more, proving the rest would likely be for nothing. */
const onTheirWayMax = 8;

/** Proves that a take has arrived whole and closes it. */
@Injectable()
export class TakeFinalisingService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly failpoints: Failpoints,
    private readonly arrivals: ChunkArrivals,
  ) {}

  async finalise(candidate: CandidateActor, takeId: string, manifest: FinaliseTake): Promise<FinalisedTake> {
    const proving = new TakeProving(
      manifest.segments.map((segment) => segment.count),
      (key) => this.storage.read(key),
    );
    const { take, held } = await this.waitForChunks(candidate, takeId, manifest, proving);
    if (!matchesManifest(manifest, held)) throw new AppError('manifest_differs');
    if (take.state !== 'open') return this.repeated(candidate, take);
    await proving.advance(held);
    await this.failpoints.reach('finalise.before_commit');
    const { after, segments } = await this.close(candidate, take, manifest, proving.result());
    await this.failpoints.reach('finalise.after_commit');
    // Still open, so nothing was written: a chunk beyond the manifest arrived after the comparison.
    if (after.state === 'open') throw new AppError('manifest_differs');
    return finalisedTake(after, segments);
  }

  /** Writes the proof unless the take changed meanwhile. @returns the take as it is then */
  private close(
    candidate: CandidateActor,
    take: TakeRow,
    manifest: FinaliseTake,
    proved: readonly SegmentProof[],
  ): Promise<{ after: TakeRow; segments: ProvedSegmentRow[] }> {
    const verdict = judge(proved, manifest);
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const now = this.clock.now();
      const written = await tx.takes.finalise(take.id, {
        segments: indexedTogether(proved),
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
      const after = await tx.takes.find(candidate.interviewId, take.id);
      if (!after) throw new AppError('not_found');
      return { after, segments: await tx.segments.proved(take.id) };
    });
  }

  /** What was answered the first time: the same manifest again changes nothing. */
  private async repeated(candidate: CandidateActor, take: TakeRow): Promise<FinalisedTake> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) =>
      finalisedTake(take, await tx.segments.proved(take.id)),
    );
  }

  /**
   * Finalise may be sent beside the last chunk, so chunks on their way are waited for a moment. Those of this process
   * are told of; what others recorded is looked for at growing distances. Meanwhile the chunks that are here are proved.
   */
  private async waitForChunks(
    candidate: CandidateActor,
    takeId: string,
    manifest: FinaliseTake,
    proving: TakeProving,
  ): Promise<{ take: TakeRow; held: ChunkRow[] }> {
    const startedAt = this.clock.now().getTime();
    const watch = this.arrivals.watch(takeId);
    try {
      let { take, held } = await this.look(candidate, takeId);
      let lookAgainMs = firstLookAgainMs;
      for (;;) {
        const missing = missingChunks(manifest, held);
        if (missing.length === 0) return { take, held };
        const waitedMs = this.clock.now().getTime() - startedAt;
        if (take.state !== 'open' || waitedMs >= limits.finaliseWaitMs)
          throw new AppError('chunks_missing', { missing });
        // Only spares time: what fails here is tried again, and told, when every chunk is there.
        if (isNearlyThere(missing)) await proving.advance(held).catch(() => undefined);
        const arrived = await watch.next(Math.min(lookAgainMs, limits.finaliseWaitMs) - waitedMs);
        held = withArrived(held, arrived);
        if (arrived.length > 0) continue;
        ({ take, held } = await this.look(candidate, takeId));
        lookAgainMs *= 2;
      }
    } finally {
      watch.end();
    }
  }

  private look(candidate: CandidateActor, takeId: string): Promise<{ take: TakeRow; held: ChunkRow[] }> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const take = await tx.takes.find(candidate.interviewId, takeId);
      if (!take) throw new AppError('not_found');
      return { take, held: await tx.segments.chunks(takeId) };
    });
  }
}

const isNearlyThere = (missing: MissingChunks): boolean =>
  missing.reduce((sum, { indexes }) => sum + indexes.length, 0) <= onTheirWayMax;

/** A chunk may have been both seen and told of. */
function withArrived(held: readonly ChunkRow[], arrived: readonly ChunkRow[]): ChunkRow[] {
  const isHeld = (chunk: ChunkRow): boolean =>
    held.some(({ segment, index }) => segment === chunk.segment && index === chunk.index);
  return [...held, ...arrived.filter((chunk) => !isHeld(chunk))];
}

function judge(
  segments: readonly SegmentProof[],
  manifest: FinaliseTake,
): 'complete' | 'too_short' | 'no_media' {
  if (segments.every((segment) => segment.container === null)) return 'no_media';
  const seconds = segments.map(indexedSeconds);
  const known = seconds.every((value) => value !== null);
  const total = known ? seconds.reduce((sum, value) => sum + value, 0) : manifest.durationMs / 1000;
  return total < limits.shortTakeSeconds ? 'too_short' : 'complete';
}
