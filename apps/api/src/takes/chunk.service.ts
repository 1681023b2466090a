import { createHash } from 'node:crypto';
import { limits, type ChunkParams, type ChunkReceipt } from '@fairtake/contracts';
import {
  Database,
  violatedUnique,
  type SegmentRow,
  type TakeRow,
  type TenantContext,
} from '@fairtake/database';
import { recordingSeconds, takeMaxBytes } from '@fairtake/domain';
import { AppError, Failpoints } from '@fairtake/server-kit';
import { storageKeys, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { CandidateActor } from '../security/actors';
import { Clock, STORAGE } from '../infrastructure.module';
import { uploadsEndOf } from './take-rules';

/** One chunk as it came off the wire. */
export interface IncomingChunk {
  params: ChunkParams;
  lease: string;
  /** Lower-case hex from the Content-Digest header. */
  sha256: string;
  body: Buffer;
}

/** Stores chunks in the only order that keeps the promise: bytes, then row, then reply (I1). */
@Injectable()
export class ChunkService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly failpoints: Failpoints,
  ) {}

  /** @returns `repeated` true when the same bytes were held already */
  async receive(
    candidate: CandidateActor,
    chunk: IncomingChunk,
  ): Promise<{ receipt: ChunkReceipt; repeated: boolean }> {
    if (createHash('sha256').update(chunk.body).digest('hex') !== chunk.sha256)
      throw new AppError('digest_differs');
    const receipt: ChunkReceipt = {
      segment: chunk.params.segment,
      index: chunk.params.index,
      sizeBytes: chunk.body.length,
      sha256: chunk.sha256,
    };
    const take = await this.database.inOrganisation(candidate.organisationId, (tx) =>
      this.admit(tx, candidate, chunk),
    );
    if (!take) return { receipt, repeated: true };
    const storageKey = storageKeys.chunk({
      organisationId: candidate.organisationId,
      takeId: chunk.params.takeId,
      segment: chunk.params.segment,
      index: chunk.params.index,
      sha256: chunk.sha256,
    });
    await this.failpoints.reach('chunk.before_put');
    await this.storage.put(storageKey, chunk.body, {
      sha256: chunk.sha256,
      sizeBytes: chunk.body.length,
      mayUseReserve: true,
    });
    await this.failpoints.reach('chunk.after_put');
    const recorded = await this.record(candidate, take, chunk, storageKey);
    await this.failpoints.reach('chunk.after_commit');
    return { receipt, repeated: !recorded };
  }

  /** @returns null when the same bytes are held already; throws when this chunk may not be stored */
  private async admit(
    tx: TenantContext,
    candidate: CandidateActor,
    chunk: IncomingChunk,
  ): Promise<TakeRow | null> {
    const { takeId, segment, index } = chunk.params;
    const take = await tx.takes.find(candidate.interviewId, takeId);
    // Consent to an older notice still covers a take that was begun under it; without any, nothing is stored.
    if (!(await tx.interviews.hasConsentedOnce(candidate.interviewId))) throw new AppError('consent_missing');
    if (!take) throw new AppError('not_found');
    const held = await tx.segments.findChunk(takeId, segment, index);
    if (held) {
      if (held.sha256 === chunk.sha256) return null;
      throw new AppError('chunk_differs');
    }
    if (take.state !== 'open') throw new AppError('take_closed');
    const ends = uploadsEndOf(take, await tx.deadlines.find(take.interviewId));
    if (ends && this.clock.now() > ends) throw new AppError('interview_over');
    // Asked again when the chunk is recorded: here it only spares the bytes their way into the store.
    if (
      take.chunkCount >= limits.takeMaxChunks ||
      take.sizeBytes + chunk.body.length > takeMaxBytes(recordingSeconds(take))
    )
      throw new AppError('take_too_large');
    await this.admitSegment(tx, candidate, chunk);
    return take;
  }

  /** A segment belongs to the lease that opened it; late chunks of an older lease still reach their own segment. */
  private async admitSegment(
    tx: TenantContext,
    candidate: CandidateActor,
    chunk: IncomingChunk,
  ): Promise<void> {
    const { takeId } = chunk.params;
    if (ownsSegment(await tx.segments.list(takeId), chunk)) return;
    // Opening a segment and handing the take over exclude one another: no segment is written by two leases.
    const take = (await tx.takes.find(candidate.interviewId, takeId, 'FOR UPDATE OF t'))!;
    const segments = await tx.segments.list(takeId);
    if (ownsSegment(segments, chunk)) return;
    if (take.lease !== chunk.lease) throw new AppError('lease_lost');
    const next = Math.max(take.nextSegment, ...segments.map((segment) => segment.number + 1));
    if (chunk.params.segment !== next)
      throw new AppError('params_invalid', {
        errors: [{ pointer: '/segment', detail: `the next segment is ${next}` }],
      });
    await tx.segments.open(take.id, chunk.params.segment, chunk.lease);
  }

  /** @returns false when another request recorded the same bytes in between */
  private async record(
    candidate: CandidateActor,
    take: TakeRow,
    chunk: IncomingChunk,
    storageKey: string,
  ): Promise<boolean> {
    const { takeId, segment, index } = chunk.params;
    const row = { segment, index, sizeBytes: chunk.body.length, sha256: chunk.sha256, storageKey };
    const bounds = {
      at: this.clock.now(),
      maxChunks: limits.takeMaxChunks,
      maxBytes: takeMaxBytes(recordingSeconds(take)),
    };
    let refusal: 'chunk_differs' | 'take_closed' | 'take_too_large' = 'chunk_differs';
    try {
      const outcome = await this.database.inOrganisation(candidate.organisationId, (tx) =>
        tx.takes.recordChunk(takeId, row, bounds),
      );
      if (outcome === 'recorded') return true;
      refusal = outcome === 'full' ? 'take_too_large' : 'take_closed';
    } catch (error) {
      if (violatedUnique(error) !== 'pk_chunk') throw error;
    }
    // The other request may have recorded the last chunk the take could hold: these very bytes.
    const held = await this.database.inOrganisation(candidate.organisationId, (tx) =>
      tx.segments.findChunk(takeId, segment, index),
    );
    if (held?.sha256 === chunk.sha256) return false;
    throw new AppError(held ? 'chunk_differs' : refusal);
  }
}

/** Whether the segment exists and the chunk's lease opened it. @throws AppError lease_lost when another one did */
function ownsSegment(segments: readonly SegmentRow[], chunk: IncomingChunk): boolean {
  const known = segments.find((segment) => segment.number === chunk.params.segment);
  if (known && known.lease !== chunk.lease) throw new AppError('lease_lost');
  return known !== undefined;
}
