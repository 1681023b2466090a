import { limits, type FinalisedTake, type SalvageTake } from '@fairtake/contracts';
import { Database, type ChunkRow, type SegmentProof, type TakeRow } from '@fairtake/database';
import { missingSeconds, playablePrefixes } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, STORAGE } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { finalisedTake } from './finalised-take.mapper';
import { publishTake } from './publish-take';
import { recordFault } from './take-faults';
import { chunksOf, indexedSeconds, indexedTogether, proveSegment, takeMaxFragments } from './take-proof';

/** What of a take can be played although a part is lost. */
interface Salvage {
  segments: SegmentProof[];
  durationMs: number | null;
  missingSeconds: number;
  /** Chunks held when it was looked at, played or not. */
  heldChunks: number;
}

/**
 * The one way around "received whole" (I3): of each segment the chunks up to its first gap are proved and kept, the
 * seconds that are missing stand beside the answer from then on, and every byte that arrived stays in the store.
 */
@Injectable()
export class TakeSalvagingService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
  ) {}

  /** By the candidate's choice: their device has lost what is missing. */
  async salvage(candidate: CandidateActor, takeId: string, request: SalvageTake): Promise<FinalisedTake> {
    const { organisationId, interviewId } = candidate;
    const take = await this.database.inOrganisation(organisationId, (tx) =>
      tx.takes.find(interviewId, takeId),
    );
    if (!take) throw new AppError('not_found');
    if (take.state === 'open' && !(await this.close(organisationId, take, request.durationMs)))
      throw new AppError('nothing_to_salvage');
    return this.database.inOrganisation(organisationId, async (tx) => {
      const after = (await tx.takes.find(interviewId, takeId))!;
      // A chunk arrived between looking and writing: there is more to keep than was looked at.
      if (after.state === 'open') throw new AppError('state_conflict');
      return finalisedTake(after, await tx.segments.proved(takeId));
    });
  }

  /**
   * When the time of an interview is over: questions without an answer get what arrived of their last recording, marked
   * incomplete (I10). A recording of which nothing plays is given back, visibly.
   */
  async salvageUnfinished(organisationId: string, interviewId: string): Promise<void> {
    const unfinished = await this.database.inOrganisation(organisationId, async (tx) => {
      const answers = await tx.answers.listOfInterview(interviewId);
      const takes = await tx.takes.listOfInterview(interviewId);
      return answers
        .filter((answer) => answer.keptAt === null)
        .flatMap((answer) => takes.filter((take) => take.answerId === answer.id).at(-1) ?? [])
        .filter((take) => take.state === 'open' && take.chunkCount > 0);
    });
    for (const take of unfinished) {
      const closed = await this.close(organisationId, take, null);
      await this.database.inOrganisation(organisationId, async (tx) => {
        if (closed && (await tx.takes.keep(take.answerId, take.id))) await publishTake(tx, take);
        if (closed || !(await tx.takes.move(take.id, 'returned', 'no_media'))) return;
        const witness = { source: 'server' } as const;
        await recordFault(tx, take, { reason: 'no_media', witness, now: this.clock.now() });
      });
    }
  }

  /** @returns false when nothing of the take can be played */
  private async close(organisationId: string, take: TakeRow, durationMs: number | null): Promise<boolean> {
    const held = await this.database.inOrganisation(organisationId, (tx) => tx.segments.chunks(take.id));
    const salvage = await this.playable(take, held, durationMs);
    if (!salvage) return false;
    await this.database.inOrganisation(organisationId, (tx) =>
      tx.takes.salvage(take.id, { ...salvage, at: this.clock.now() }),
    );
    return true;
  }

  private async playable(
    take: TakeRow,
    held: readonly ChunkRow[],
    declaredMs: number | null,
  ): Promise<Salvage | null> {
    const numbers = [...new Set(held.map((chunk) => chunk.segment))].sort((a, b) => a - b);
    const pieces = numbers.map((segment) => ({
      segment,
      indexes: chunksOf(held, segment).map((chunk) => chunk.index),
    }));
    const segments: SegmentProof[] = [];
    let fragmentsLeft = takeMaxFragments;
    for (const { segment, count } of playablePrefixes(pieces)) {
      const read = (key: string): Promise<Buffer> => this.storage.read(key);
      const proof = await proveSegment(segment, chunksOf(held, segment).slice(0, count), read, fragmentsLeft);
      if (proof.container === null) continue;
      fragmentsLeft -= proof.fragments?.length ?? 0;
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
      missingSeconds: missingSeconds(take, declaredMs, total, { played, known }),
      heldChunks: held.length,
    };
  }
}
