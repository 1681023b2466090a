import { createHash } from 'node:crypto';
import { limits, type ChunkParams, type ChunkReceipt } from '@fairtake/contracts';
import { Database, violatedUnique, type ChunkFacts } from '@fairtake/database';
import { recordingSeconds, takeMaxBytes } from '@fairtake/domain';
import { AppError, Failpoints } from '@fairtake/server-kit';
import { storageKeys, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { CandidateActor } from '../security/actors';
import { Clock, STORAGE } from '../infrastructure.module';
import { ChunkArrivals } from './chunk-arrivals';
import { uploadsEndOf } from './take-rules';

/** One chunk as it came off the wire. */
export interface IncomingChunk {
  params: ChunkParams;
  lease: string;
  /** Lower-case hex from the Content-Digest header. */
  sha256: string;
  body: Buffer;
}

type OpenTakeFacts = NonNullable<ChunkFacts['take']>;

/** Stores chunks in the only order that keeps the promise: bytes, then row, then reply (I1). */
@Injectable()
export class ChunkService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
    private readonly failpoints: Failpoints,
    private readonly arrivals: ChunkArrivals,
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
    const take = await this.admit(candidate, chunk);
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
  private async admit(candidate: CandidateActor, chunk: IncomingChunk): Promise<OpenTakeFacts | null> {
    const facts = await this.look(candidate, chunk);
    const take = this.judge(facts, chunk);
    if (!take) return null;
    // A segment belongs to the lease that opened it; late chunks of an older lease still reach their own segment.
    if (facts!.segmentLease === null) await this.openSegment(candidate, chunk);
    else if (facts!.segmentLease !== chunk.lease) throw new AppError('lease_lost');
    return take;
  }

  private look(candidate: CandidateActor, chunk: IncomingChunk): Promise<ChunkFacts | null> {
    const { interviewId, organisationId } = candidate;
    const { takeId, segment, index } = chunk.params;
    return this.database.chunks.find(organisationId, { interviewId, takeId, segment, index });
  }

  /** @returns null when the same bytes are held already; throws when the take does not accept this chunk */
  private judge(facts: ChunkFacts | null, chunk: IncomingChunk): OpenTakeFacts | null {
    // Consent to an older notice still covers a take that was begun under it; without any, nothing is stored.
    if (!facts?.consented) throw new AppError('consent_missing');
    const { take, heldSha256 } = facts;
    if (!take) throw new AppError('not_found');
    if (heldSha256 === chunk.sha256) return null;
    if (heldSha256 !== null) throw new AppError('chunk_differs');
    if (facts.interviewState === 'withdrawn') throw new AppError('interview_closed');
    if (take.state !== 'open') throw new AppError('take_closed');
    const ends = uploadsEndOf(take, facts.deadlineAt?.getTime() ?? null);
    if (ends && this.clock.now() > ends) throw new AppError('interview_over');
    // Asked again when the chunk is recorded: here it only spares the bytes their way into the store.
    if (
      take.chunkCount >= limits.takeMaxChunks ||
      take.sizeBytes + chunk.body.length > takeMaxBytes(recordingSeconds(take))
    )
      throw new AppError('take_too_large');
    return take;
  }

  /** Opening a segment and handing the take over exclude one another: no segment is written by two leases. */
  private openSegment(candidate: CandidateActor, { params, lease }: IncomingChunk): Promise<void> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const take = await tx.takes.find(candidate.interviewId, params.takeId, 'FOR UPDATE OF t');
      if (!take) throw new AppError('not_found');
      const segments = await tx.segments.list(take.id);
      const known = segments.find((segment) => segment.number === params.segment);
      if (known?.lease === lease) return;
      if (known || take.lease !== lease) throw new AppError('lease_lost');
      const next = Math.max(take.nextSegment, ...segments.map((segment) => segment.number + 1));
      if (params.segment !== next)
        throw new AppError('params_invalid', {
          errors: [{ pointer: '/segment', detail: `the next segment is ${next}` }],
        });
      await tx.segments.open(take.id, params.segment, lease);
    });
  }

  /** @returns false when another request recorded the same bytes in between */
  private async record(
    candidate: CandidateActor,
    take: OpenTakeFacts,
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
    try {
      if (await this.database.chunks.record(candidate.organisationId, takeId, row, bounds)) {
        this.arrivals.announce(takeId, row);
        return true;
      }
    } catch (error) {
      if (violatedUnique(error) !== 'pk_chunk') throw error;
    }
    // Something changed since it was admitted. The other request may have recorded the last chunk the take could hold:
    // these very bytes.
    const facts = await this.look(candidate, chunk);
    // Keys end in the digest: when other bytes have the place, no row will ever lead to these.
    if (facts?.heldSha256 && facts.heldSha256 !== chunk.sha256) await this.storage.delete(storageKey);
    if (this.judge(facts, chunk) === null) return false;
    throw new AppError('take_closed');
  }
}
