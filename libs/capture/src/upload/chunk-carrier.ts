import type { Failure } from './candidate-api';
import { toJournalChunk, type ChunkPlan, type PlannedChunk } from './chunk-plan';
import { ChunkSource } from './chunk-source';
import { reactionTo } from './reactions';
import type { TakeStanding, UploadOptions } from './take-standing';

/** Carries the chunks of one take to the server, several at a time, and knows what each reply means for them. */
export class ChunkCarrier {
  readonly #plan: ChunkPlan;
  readonly #standing: TakeStanding;
  readonly #options: UploadOptions;
  readonly #source: ChunkSource;

  constructor(plan: ChunkPlan, standing: TakeStanding, options: UploadOptions) {
    this.#plan = plan;
    this.#standing = standing;
    this.#options = options;
    this.#source = new ChunkSource(standing.takeId, plan, options.journal, options.digest);
  }

  /** Starts the next chunk if there is one; `flush` also takes what is less than the target. */
  start(flush: boolean): boolean {
    const { link, clock } = this.#options;
    const chunk = this.#plan.next(link.targetBytes, flush ? 0 : link.leastBytes);
    if (!chunk) return false;
    chunk.state = 'in_flight';
    link.inFlight++;
    link.started(clock.nowMs());
    void this.#carry(chunk).finally(() => {
      link.inFlight--;
      this.#options.onChange();
    });
    return true;
  }

  async #carry(chunk: PlannedChunk): Promise<void> {
    const startedAtMs = this.#options.clock.nowMs();
    const wasSealed = chunk.sha256 !== '';
    let bytes: Uint8Array | null;
    try {
      bytes = await this.#source.bytesOf(chunk);
    } catch {
      // The journal does not answer now (iOS drops its connections in the background): ask again later.
      chunk.state = 'ready';
      this.#standing.wait.failed({ kind: 'broken', status: 0, retryAfterMs: null }, startedAtMs);
      return;
    }
    if (this.#standing.signal.aborted) return;
    if (bytes === null) {
      chunk.state = 'ready';
      return this.#standing.lose('device_lost_bytes');
    }
    const sent = this.#send(chunk, bytes);
    // The last digest exists now, so finalise may go out beside this chunk.
    if (!wasSealed) this.#options.onChange();
    return sent;
  }

  async #send(chunk: PlannedChunk, bytes: Uint8Array): Promise<void> {
    const { api, clock, journal, link } = this.#options;
    const { takeId, signal } = this.#standing;
    const take = journal.take(takeId);
    const lease = take.segmentLeases[chunk.segment] ?? take.lease!;
    const { index, sha256 } = chunk;
    const segment = this.#plan.serverSegment(chunk.segment)!;
    const startedAtMs = clock.nowMs();
    link.goodput.started(startedAtMs);
    const call = { timeoutMs: link.timeoutMs(bytes.byteLength), signal };
    const outcome = await api.putChunk({ takeId, segment, index, sha256, lease, bytes }, call);
    const nowMs = clock.nowMs();
    if (outcome.ok) {
      link.goodput.acknowledged(bytes.byteLength, nowMs);
      chunk.state = 'acknowledged';
      link.acknowledged();
      this.#standing.succeeded();
      if (!signal.aborted) await journal.markChunk(takeId, toJournalChunk(chunk));
      return;
    }
    link.goodput.failed(nowMs);
    chunk.state = 'ready';
    if (!signal.aborted) await this.#failed(chunk, lease, outcome.failure, startedAtMs);
  }

  async #failed(chunk: PlannedChunk, lease: string, failure: Failure, startedAtMs: number): Promise<void> {
    const reaction = reactionTo(failure);
    if (reaction === 'lease') await this.#tryNewestLease(chunk.segment, lease);
    else if (reaction === 'verify') await this.#verify(chunk, failure, startedAtMs);
    else await this.#standing.failed(failure, startedAtMs);
  }

  /** A segment recorded under an earlier lease of ours: the server may want its late chunks under the newest. */
  async #tryNewestLease(segment: number, refused: string): Promise<void> {
    const { journal } = this.#options;
    const { takeId } = this.#standing;
    const { lease, segmentLeases } = journal.take(takeId);
    if (lease === null || lease === refused) return this.#standing.block('lease_lost');
    await journal.changeTake(takeId, {
      segmentLeases: segmentLeases.map((held, at) => (at === segment ? lease : held)),
    });
  }

  /** 422: damaged on the way (send again), or damaged on this device (it never will match). */
  async #verify(chunk: PlannedChunk, failure: Failure, startedAtMs: number): Promise<void> {
    if (await this.#source.intact(chunk)) this.#standing.wait.failed(failure, startedAtMs);
    else this.#standing.lose('device_lost_bytes');
  }
}
