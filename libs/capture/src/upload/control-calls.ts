import type { FinalisedTake, FinaliseTake, ReturnTake, TakeLease } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import type { Call, Failure, Outcome } from './candidate-api';
import { toJournalChunk, type ChunkPlan } from './chunk-plan';
import { reactionTo } from './reactions';
import type { TakeStanding, UploadOptions } from './take-standing';

const controlTimeoutMs = 15_000;
/** Refusals of a return after which the take does not count. */
const givenBack = new Set(['not_found', 'take_closed', 'returned']);

/** The calls about a take that carry none of its bytes: open, ask, finalise, give back. One at a time. */
export class ControlCalls {
  readonly #plan: ChunkPlan;
  readonly #standing: TakeStanding;
  readonly #options: UploadOptions;
  #busy = false;
  #openWanted = false;
  #takeOver = false;
  #openUncertain: boolean;
  #finaliseTries = 0;
  #receipt: FinalisedTake | null = null;
  #opened: TakeLease | null = null;

  constructor(plan: ChunkPlan, restored: boolean, standing: TakeStanding, options: UploadOptions) {
    this.#plan = plan;
    this.#standing = standing;
    this.#options = options;
    // The reply to an opening may have been lost with the page; then the live lease is our own.
    this.#openUncertain = restored;
  }

  get receipt(): FinalisedTake | null {
    return this.#receipt;
  }

  /** The newest answer to an opening in this page. */
  get opened(): TakeLease | null {
    return this.#opened;
  }

  /** Chunks wait until the take is open and, after a reload, compared with what the server holds. */
  get chunksMayGo(): boolean {
    const { lease, state } = this.#take;
    const { sendsChunks, statusWanted } = this.#standing;
    return !this.#openWanted && !statusWanted && sendsChunks && lease !== null && state !== 'returning';
  }

  get finishing(): boolean {
    return this.#take.state === 'stopped';
  }

  /** Asks the server for a fresh lease, taking it from another holder when the person said so. */
  reopen(takeOver: boolean): void {
    this.#openWanted = true;
    this.#takeOver ||= takeOver;
  }

  /** Starts the next call if one is due. */
  start(): boolean {
    if (this.#busy) return false;
    const run = this.#next();
    if (!run) return false;
    this.#busy = true;
    this.#options.link.started(this.#options.clock.nowMs());
    void run().finally(() => {
      this.#busy = false;
      this.#options.onChange();
    });
    return true;
  }

  get #take() {
    return this.#options.journal.take(this.#standing.takeId);
  }

  #next(): (() => Promise<void>) | null {
    const { lease, state } = this.#take;
    if (state === 'returning') return () => this.#giveBack();
    if (this.#standing.statusWanted) return () => this.#reconcile();
    if (lease === null || this.#openWanted) return () => this.#open();
    if (this.#standing.lostFor !== null) return this.#salvageDue() ? () => this.#salvage() : null;
    return this.#finaliseDue() ? () => this.#finalise(lease) : null;
  }

  /** Beside the last chunks when the server's wait covers them, so stop → durable is one round trip. */
  #finaliseDue(): boolean {
    if (!this.finishing || !this.#plan.sealed) return false;
    const inFlight = this.#plan.bytesInFlight;
    if (inFlight === 0) return true;
    return this.#finaliseTries === 0 && this.#options.link.expectedMs(inFlight) < limits.finaliseWaitMs;
  }

  /** What is on its way may still fill the gap. */
  #salvageDue(): boolean {
    const nothingToSend = !this.#standing.sendsChunks || this.#plan.sealed;
    return this.finishing && nothingToSend && this.#plan.bytesInFlight === 0;
  }

  async #open(): Promise<void> {
    const { api, journal } = this.#options;
    const { takeId } = this.#standing;
    const take = this.#take;
    // An opening that got no answer: what runs since then began without the server.
    const startedOffline = take.lease === null && this.#openUncertain;
    // Never a claim by itself: while the person goes on elsewhere, this device asks before it sends.
    const takeOver = this.#takeOver;
    const body = {
      questionId: take.questionId,
      recorder: take.recorder,
      mimeType: take.mimeTypes[0]!,
      ...(takeOver ? { takeOver } : {}),
      ...(startedOffline ? { startedOffline } : {}),
    };
    await this.#call(
      (call) => api.open(takeId, body, take.lease, call),
      async (opened) => {
        this.#opened = opened;
        this.#openWanted = false;
        this.#takeOver = false;
        const segmentLeases = this.#take.segmentLeases.map((lease) => lease ?? opened.lease);
        await journal.changeTake(takeId, { lease: opened.lease, segmentLeases });
      },
      async (failure) => {
        if (failure.kind !== 'refused') this.#openUncertain = true;
        return false;
      },
    );
  }

  async #reconcile(): Promise<void> {
    const { api, journal } = this.#options;
    const { takeId } = this.#standing;
    await this.#call(
      (call) => api.status(takeId, call),
      async (status) => {
        this.#standing.statusWanted = false;
        if (status.state === 'finalised' || status.state === 'kept') return this.#standing.close('finalised');
        if (status.state !== 'open') return this.#standing.close('refused', status.state);
        const changed = this.#plan.reconcile(status);
        for (const chunk of changed) await journal.markChunk(takeId, toJournalChunk(chunk));
      },
    );
  }

  async #finalise(lease: string): Promise<void> {
    const { api, digest } = this.#options;
    const { takeId } = this.#standing;
    const manifest = await this.#plan.manifest(this.#take.recordedMs, digest);
    const timeoutMs = controlTimeoutMs + limits.finaliseWaitMs;
    const startedAtMs = this.#options.clock.nowMs();
    this.#finaliseTries++;
    await this.#call(
      (call) => api.finalise(takeId, manifest, lease, { ...call, timeoutMs }),
      async (finalised) => {
        if (!sameSizes(manifest, finalised)) return this.#standing.close('refused', 'sizes_differ');
        this.#receipt = finalised;
        await this.#standing.close('finalised');
      },
      (failure) => this.#sendMissing(failure, startedAtMs),
    );
  }

  /** The take will never be whole: the server keeps what plays of it and says what is missing. */
  async #salvage(): Promise<void> {
    const { api } = this.#options;
    const { takeId } = this.#standing;
    const durationMs = Math.round(this.#take.recordedMs);
    await this.#call(
      (call) => api.salvage(takeId, { durationMs }, call),
      async (finalised) => {
        this.#receipt = finalised;
        await this.#standing.close('finalised');
      },
      async ({ code }) => {
        if (code === 'nothing_to_salvage') await this.#standing.close('refused', this.#standing.lostFor!);
        return code === 'nothing_to_salvage';
      },
    );
  }

  async #sendMissing(failure: Failure, startedAtMs: number): Promise<boolean> {
    if (reactionTo(failure) !== 'missing') return false;
    const { journal, link } = this.#options;
    for (const chunk of this.#plan.reopen(failure.missing)) {
      await journal.markChunk(this.#standing.takeId, toJournalChunk(chunk));
    }
    // The first list may name chunks that were on their way. Later ones must not spin between resends that
    // succeed and a finalise that does not, so this wait outlives a success.
    if (this.#finaliseTries > 1) {
      const retryAfterMs = link.backOffMs(this.#finaliseTries);
      this.#standing.wait.failed({ kind: 'broken', status: 409, retryAfterMs }, startedAtMs);
    }
    return true;
  }

  async #giveBack(): Promise<void> {
    const { api, clock } = this.#options;
    const { takeId, signal } = this.#standing;
    const reason: ReturnTake['reason'] = this.#take.returnReason ?? 'page_closed';
    const startedAtMs = clock.nowMs();
    const outcome = await api.giveBack(takeId, { reason }, { timeoutMs: controlTimeoutMs, signal });
    // Never opened, or closed already: it does not stand in the way. Any other refusal leaves it counting.
    if (outcome.ok || givenBack.has(outcome.failure.code)) await this.#standing.close('returned');
    else await this.#standing.failed(outcome.failure, startedAtMs);
  }

  /** `onFailure` answers whether it has dealt with the failure. */
  async #call<T>(
    send: (call: Call) => Promise<Outcome<T>>,
    onReply: (value: T) => Promise<void>,
    onFailure: (failure: Failure) => Promise<boolean> = async () => false,
  ): Promise<void> {
    const { clock, link } = this.#options;
    const { signal } = this.#standing;
    const startedAtMs = clock.nowMs();
    const outcome = await send({ timeoutMs: controlTimeoutMs, signal });
    if (signal.aborted) return;
    if (outcome.ok) {
      link.answered(clock.nowMs() - startedAtMs);
      this.#standing.succeeded();
      return onReply(outcome.value);
    }
    if (!(await onFailure(outcome.failure))) await this.#standing.failed(outcome.failure, startedAtMs);
  }
}

function sameSizes(manifest: FinaliseTake, finalised: FinalisedTake): boolean {
  return (
    finalised.segments.length === manifest.segments.length &&
    manifest.segments.every((segment, at) => finalised.segments[at]!.sizeBytes === segment.sizeBytes)
  );
}
