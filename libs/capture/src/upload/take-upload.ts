import type { FinalisedTake, FinaliseTake, ReturnTake, TakeLease } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import type { Call, CandidateApi, Failure, Outcome } from './candidate-api';
import { toJournalChunk, type ChunkPlan, type PlannedChunk } from './chunk-plan';
import { ChunkSource } from './chunk-source';
import type { Clock } from '../clock';
import type { Digest } from '../digest';
import type { Journal, JournalFragment } from '../journal/journal';
import type { Link } from './link';
import { reactionTo } from './reactions';
import { RetryWait } from './retry-wait';

const controlTimeoutMs = 15_000;

/**
 * - `sending`: under way or nothing to do yet. `waiting`: the network or the server makes us wait; goes on alone.
 * - `blocked`: needs a person (`error` says why: `take_elsewhere`, `lease_lost`, `signed_out`).
 * - `finalising`, then `finalised`: the server has all of it. `refused`, `returned`: it ends here.
 */
export type UploadState =
  'sending' | 'waiting' | 'blocked' | 'finalising' | 'finalised' | 'refused' | 'returned';

export interface UploadOptions {
  api: CandidateApi;
  journal: Journal;
  clock: Clock;
  digest: Digest;
  link: Link;
  /** Tries to get a new session after a 401; false when only the person can. */
  renewSession: () => Promise<boolean>;
  /** Something changed: the uploader looks for work, the screen looks at the state. */
  onChange: () => void;
}

/** The upload of one take: what to do next, and what each answer means. Timing belongs to {@link Uploader}. */
export class TakeUpload {
  readonly takeId: string;
  readonly #options: UploadOptions;
  readonly #plan: ChunkPlan;
  readonly #stop = new AbortController();
  readonly #source: ChunkSource;
  readonly #wait: RetryWait;
  #controlBusy = false;
  #statusWanted: boolean;
  #openWanted = false;
  #takeOver = false;
  #openUncertain: boolean;
  #finaliseTries = 0;
  #renewal: Promise<boolean> | null = null;
  #renewedAtMs = Number.POSITIVE_INFINITY;
  #blockedFor: string | null = null;
  #end: 'finalised' | 'refused' | 'returned' | null = null;
  #receipt: FinalisedTake | null = null;
  #opened: TakeLease | null = null;

  constructor(takeId: string, plan: ChunkPlan, restored: boolean, options: UploadOptions) {
    this.takeId = takeId;
    this.#plan = plan;
    this.#options = options;
    this.#source = new ChunkSource(takeId, plan, options.journal, options.digest);
    this.#wait = new RetryWait(options.clock, options.link);
    const { lease } = options.journal.take(takeId);
    this.#statusWanted = restored && lease !== null;
    // The reply to an opening may have been lost with the page; then the live lease is our own.
    this.#openUncertain = restored;
  }

  get state(): UploadState {
    if (this.#end) return this.#end;
    if (this.#blockedFor !== null) return 'blocked';
    if (this.#wait.failures >= 2 || this.#wait.waitMs > 2_000 || this.#options.link.offline) return 'waiting';
    return this.#finishing && this.#plan.sealed && this.#plan.bytesInFlight === 0 ? 'finalising' : 'sending';
  }

  /** Why it is not moving: a problem code, or `offline`, `unreachable`, `server_unavailable`, `device_lost_bytes`. */
  get error(): string | null {
    if (this.#end) return this.#options.journal.take(this.takeId).refusedFor ?? null;
    if (this.#blockedFor !== null) return this.#blockedFor;
    if (this.state !== 'waiting') return null;
    return this.#options.link.offline ? 'offline' : this.#wait.reason;
  }

  get receipt(): FinalisedTake | null {
    return this.#receipt;
  }

  /** The newest answer to an opening in this page. */
  get opened(): TakeLease | null {
    return this.#opened;
  }

  get bytesProduced(): number {
    return this.#plan.bytesProduced;
  }

  get bytesAcknowledged(): number {
    return this.#end === 'finalised' ? this.#plan.bytesProduced : this.#plan.bytesAcknowledged;
  }

  get bytesInFlight(): number {
    return this.#plan.bytesInFlight;
  }

  get segmentCount(): number {
    return this.#plan.segmentCount;
  }

  /** The fragment is in the journal and may go out. */
  fragmentStored(fragment: JournalFragment): void {
    this.#plan.addFragment(fragment);
    this.#options.onChange();
  }

  /** What is left of the segment need not wait for more. */
  segmentEnded(segment: number): void {
    this.#plan.endSegment(segment);
    this.#options.onChange();
  }

  /** The take's journal state became `stopped`: nothing more comes, finalise when all of it is out. */
  async finish(): Promise<void> {
    if (this.#plan.segmentCount === 0) await this.#close('refused', 'no_media');
    this.#options.onChange();
  }

  /** The take's journal state became `returning`, whatever it was before. */
  giveBack(): void {
    this.#end = null;
    this.#blockedFor = null;
    this.#options.onChange();
  }

  /** Asks the server for a fresh lease, taking it from another holder when the person said so. */
  reopen(takeOver: boolean): void {
    this.#openWanted = true;
    this.#takeOver ||= takeOver;
    this.#blockedFor = null;
    this.#options.onChange();
  }

  /** The network or the person came back: waiting of our own making ends, what the server asked for stays. */
  nudge(): void {
    this.#wait.nudge();
    if (this.#blockedFor === 'signed_out') {
      this.#blockedFor = null;
      this.#renewal = null;
    }
    this.#options.onChange();
  }

  /** Something outside this upload changed that its state depends on. */
  changed(): void {
    this.#options.onChange();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Milliseconds until this upload may try again; infinite when it waits for something else than time. */
  waitMs(): number {
    const active = this.#end === null && this.#blockedFor === null && !this.#stop.signal.aborted;
    return active ? this.#wait.waitMs : Number.POSITIVE_INFINITY;
  }

  /** Starts the next opening, status, return or finalise call if one is due. */
  startControl(): boolean {
    if (this.#controlBusy || this.waitMs() > 0) return false;
    const run = this.#nextControl();
    if (!run) return false;
    this.#controlBusy = true;
    this.#options.link.started(this.#options.clock.nowMs());
    void run().finally(() => {
      this.#controlBusy = false;
      this.#options.onChange();
    });
    return true;
  }

  /** Starts the next chunk if there is one. The caller made sure that the link has a slot. */
  startChunk(): boolean {
    const { link, clock, journal } = this.#options;
    const opening = this.#openWanted || this.#statusWanted || journal.take(this.takeId).lease === null;
    if (opening || this.waitMs() > 0 || journal.take(this.takeId).state === 'returning') return false;
    const chunk = this.#plan.next(link.targetBytes, link.idle || this.#finishing);
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

  get #finishing(): boolean {
    return this.#options.journal.take(this.takeId).state === 'stopped';
  }

  #nextControl(): (() => Promise<void>) | null {
    const { lease, state } = this.#options.journal.take(this.takeId);
    if (state === 'returning') return () => this.#giveBack();
    if (this.#statusWanted) return () => this.#reconcile();
    if (lease === null || this.#openWanted) return () => this.#open();
    return this.#finaliseDue() ? () => this.#finalise(lease) : null;
  }

  /** Beside the last chunks when the server's wait covers them, so stop → durable is one round trip. */
  #finaliseDue(): boolean {
    if (!this.#finishing || !this.#plan.sealed) return false;
    const inFlight = this.#plan.bytesInFlight;
    if (inFlight === 0) return true;
    return this.#finaliseTries === 0 && this.#options.link.expectedMs(inFlight) < limits.finaliseWaitMs;
  }

  async #open(): Promise<void> {
    const { api, journal } = this.#options;
    const take = journal.take(this.takeId);
    const takeOver = this.#takeOver || (take.lease === null && this.#openUncertain);
    const body = {
      questionId: take.questionId,
      recorder: take.recorder,
      mimeType: take.mimeTypes[0]!,
      ...(takeOver ? { takeOver } : {}),
    };
    await this.#control(
      (call) => api.open(this.takeId, body, take.lease, call),
      async (opened) => {
        this.#opened = opened;
        this.#openWanted = false;
        this.#takeOver = false;
        const segmentLeases = journal.take(this.takeId).segmentLeases.map((lease) => lease ?? opened.lease);
        await journal.changeTake(this.takeId, { lease: opened.lease, segmentLeases });
      },
      (failure) => {
        if (failure.kind !== 'refused') this.#openUncertain = true;
      },
    );
  }

  async #reconcile(): Promise<void> {
    const { api, journal } = this.#options;
    await this.#control(
      (call) => api.status(this.takeId, call),
      async (status) => {
        this.#statusWanted = false;
        if (status.state === 'finalised' || status.state === 'kept') return this.#close('finalised');
        if (status.state !== 'open') return this.#close('refused', status.state);
        const changed = this.#plan.reconcile(status);
        for (const chunk of changed) await journal.markChunk(this.takeId, toJournalChunk(chunk));
      },
    );
  }

  async #finalise(lease: string): Promise<void> {
    const { api, journal, digest } = this.#options;
    const manifest = await this.#plan.manifest(journal.take(this.takeId).recordedMs, digest);
    this.#finaliseTries++;
    await this.#control(
      (call) =>
        api.finalise(this.takeId, manifest, lease, {
          ...call,
          timeoutMs: controlTimeoutMs + limits.finaliseWaitMs,
        }),
      async (finalised) => {
        if (!sameSizes(manifest, finalised)) return this.#close('refused', 'sizes_differ');
        this.#receipt = finalised;
        await this.#close('finalised');
      },
      async (failure) => {
        for (const chunk of this.#plan.reopen(failure.missing)) {
          await journal.markChunk(this.takeId, toJournalChunk(chunk));
        }
      },
    );
  }

  async #giveBack(): Promise<void> {
    const { api, journal } = this.#options;
    const reason: ReturnTake['reason'] = journal.take(this.takeId).returnReason ?? 'page_closed';
    const { clock } = this.#options;
    const startedAtMs = clock.nowMs();
    const outcome = await api.giveBack(this.takeId, { reason }, this.#call(controlTimeoutMs));
    // Unknown (never opened), over or already closed: in each case the take no longer stands in the way.
    const settled = outcome.ok || (outcome.failure.kind === 'refused' && outcome.failure.status !== 401);
    if (settled) await this.#close('returned');
    else await this.#failed(outcome.failure, startedAtMs);
  }

  async #control<T>(
    send: (call: Call) => Promise<Outcome<T>>,
    onReply: (value: T) => Promise<void>,
    onFailure?: (failure: Failure) => void | Promise<void>,
  ): Promise<void> {
    const { clock, link } = this.#options;
    const startedAtMs = clock.nowMs();
    const outcome = await send(this.#call(controlTimeoutMs));
    if (this.#stop.signal.aborted) return;
    if (outcome.ok) {
      link.answered(clock.nowMs() - startedAtMs);
      this.#succeeded();
      await onReply(outcome.value);
      return;
    }
    await onFailure?.(outcome.failure);
    await this.#failed(outcome.failure, startedAtMs);
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
      this.#wait.failed({ kind: 'broken', retryAfterMs: null }, startedAtMs);
      return;
    }
    if (this.#stop.signal.aborted) return;
    if (bytes === null) return this.#close('refused', 'device_lost_bytes');
    const sent = this.#send(chunk, bytes);
    // The last digest exists now, so finalise may go out beside this chunk.
    if (!wasSealed) this.#options.onChange();
    return sent;
  }

  async #send(chunk: PlannedChunk, bytes: Uint8Array): Promise<void> {
    const { api, clock, journal, link } = this.#options;
    const take = journal.take(this.takeId);
    const lease = take.segmentLeases[chunk.segment] ?? take.lease!;
    const { takeId } = this;
    const { segment, index, sha256 } = chunk;
    const startedAtMs = clock.nowMs();
    link.goodput.started(startedAtMs);
    const call = this.#call(link.timeoutMs(bytes.byteLength));
    const outcome = await api.putChunk({ takeId, segment, index, sha256, lease, bytes }, call);
    const nowMs = clock.nowMs();
    if (outcome.ok) {
      link.goodput.acknowledged(bytes.byteLength, nowMs);
      chunk.state = 'acknowledged';
      link.acknowledged(this.#plan.bytesProduced - this.#plan.bytesAcknowledged);
      this.#succeeded();
      if (this.#stop.signal.aborted) return;
      await journal.markChunk(takeId, toJournalChunk(chunk));
      return;
    }
    link.goodput.failed(nowMs);
    chunk.state = 'ready';
    if (this.#stop.signal.aborted) return;
    const reaction = reactionTo(outcome.failure);
    if (reaction === 'lease') await this.#tryNewestLease(segment, lease);
    else if (reaction === 'verify') await this.#verify(chunk, outcome.failure, startedAtMs);
    else await this.#failed(outcome.failure, startedAtMs);
  }

  /** A segment recorded under an earlier lease of ours: the server may want its late chunks under the newest. */
  async #tryNewestLease(segment: number, refused: string): Promise<void> {
    const { journal } = this.#options;
    const { lease, segmentLeases } = journal.take(this.takeId);
    if (lease === null || lease === refused) {
      this.#blockedFor = 'lease_lost';
      return;
    }
    await journal.changeTake(this.takeId, {
      segmentLeases: segmentLeases.map((held, at) => (at === segment ? lease : held)),
    });
  }

  /** 422: damaged on the way (send again), or damaged on this device (it never will match). */
  async #verify(chunk: PlannedChunk, failure: Failure, startedAtMs: number): Promise<void> {
    if (await this.#source.intact(chunk)) this.#wait.failed(failure, startedAtMs);
    else await this.#close('refused', 'device_lost_bytes');
  }

  async #failed(failure: Failure, startedAtMs: number): Promise<void> {
    switch (reactionTo(failure)) {
      case 'ignore':
        return;
      case 'missing':
        // The first list may name chunks that were on their way. Later ones must not spin between resends that
        // succeed and a finalise that does not, so this wait outlives a success.
        if (this.#finaliseTries > 1) {
          const retryAfterMs = this.#options.link.backOffMs(this.#finaliseTries);
          this.#wait.failed({ kind: 'broken', retryAfterMs }, startedAtMs);
        }
        return;
      case 'status':
        this.#statusWanted = true;
        return this.#wait.failed(failure, startedAtMs);
      case 'renew':
        return this.#renewSession(startedAtMs);
      case 'blocked':
      case 'lease':
        this.#blockedFor = failure.code;
        return;
      case 'refuse':
        return this.#close('refused', failure.code);
      default:
        return this.#wait.failed(failure, startedAtMs);
    }
  }

  /** Once per loss of the session, however many requests met it. */
  async #renewSession(startedAtMs: number): Promise<void> {
    const { clock, renewSession } = this.#options;
    if (this.#renewal === null) {
      this.#renewedAtMs = Number.POSITIVE_INFINITY;
      this.#renewal = renewSession().finally(() => (this.#renewedAtMs = clock.nowMs()));
    } else if (startedAtMs >= this.#renewedAtMs) {
      this.#blockedFor = 'signed_out';
      return;
    }
    if (!(await this.#renewal.catch(() => false))) this.#blockedFor = 'signed_out';
  }

  #succeeded(): void {
    this.#wait.succeeded();
    this.#renewal = null;
  }

  async #close(end: 'finalised' | 'refused' | 'returned', reason?: string): Promise<void> {
    if (this.#end || this.#stop.signal.aborted) return;
    this.#end = end;
    const change = reason === undefined ? { state: end } : { state: end, refusedFor: reason };
    await this.#options.journal.changeTake(this.takeId, change);
  }

  #call(timeoutMs: number): Call {
    return { timeoutMs, signal: this.#stop.signal };
  }
}

function sameSizes(manifest: FinaliseTake, finalised: FinalisedTake): boolean {
  return (
    finalised.segments.length === manifest.segments.length &&
    manifest.segments.every((segment, at) => finalised.segments[at]!.sizeBytes === segment.sizeBytes)
  );
}
