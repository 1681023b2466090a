import type { CandidateApi, Failure } from './candidate-api';
import type { Clock } from '../clock';
import type { Digest } from '../digest';
import type { Journal } from '../journal/journal';
import type { Link } from './link';
import { reactionTo } from './reactions';
import { RetryWait } from './retry-wait';

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

export type UploadEnd = 'finalised' | 'refused' | 'returned';

/** Whether one take may go on: what it waits for, what only a person can solve, and how it ended. */
export class TakeStanding {
  readonly takeId: string;
  readonly wait: RetryWait;
  /** Ask the server what became of the take before anything else is sent. */
  statusWanted: boolean;
  readonly #options: UploadOptions;
  readonly #stop = new AbortController();
  #blockedFor: string | null = null;
  #lostFor: string | null = null;
  #restIsGood = false;
  #end: UploadEnd | null;
  #renewal: Promise<boolean> | null = null;
  #renewedAtMs = Number.POSITIVE_INFINITY;

  constructor(takeId: string, restored: boolean, options: UploadOptions) {
    this.takeId = takeId;
    this.#options = options;
    this.wait = new RetryWait(options.clock, options.link);
    const { lease, state } = options.journal.take(takeId);
    this.#end = state === 'finalised' || state === 'refused' || state === 'returned' ? state : null;
    this.statusWanted = restored && lease !== null && this.#end === null;
  }

  get end(): UploadEnd | null {
    return this.#end;
  }

  get blockedFor(): string | null {
    return this.#blockedFor;
  }

  /** Why the take can never be whole on the server; what can be saved of it is the server's to say. */
  get lostFor(): string | null {
    return this.#lostFor;
  }

  /** `restIsGood`: what came before the loss is here and is still sent. */
  lose(reason: string, restIsGood = false): void {
    this.#restIsGood = restIsGood && (this.#lostFor === null || this.#restIsGood);
    this.#lostFor ??= reason;
  }

  /** Chunks still help: nothing is lost, or what is left of the take is whole up to the loss. */
  get sendsChunks(): boolean {
    return this.#lostFor === null || this.#restIsGood;
  }

  /** Aborted when this page gives the take up; nothing is written after it. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Milliseconds until the take may try again; infinite when it waits for something else than time. */
  waitMs(): number {
    const active = this.#end === null && this.#blockedFor === null && !this.signal.aborted;
    return active ? this.wait.waitMs : Number.POSITIVE_INFINITY;
  }

  block(reason: string): void {
    this.#blockedFor = reason;
  }

  /** A person decided: what stood in the way of the take does so no longer. */
  unblock(): void {
    this.#blockedFor = null;
  }

  /** The take is to be given back, whatever became of it before. */
  reviveForReturn(): void {
    this.#end = null;
    this.#blockedFor = null;
    this.#lostFor = null;
    this.#restIsGood = false;
  }

  /** The network or the person came back: waiting of our own making ends, what the server asked for stays. */
  nudge(): void {
    this.wait.nudge();
    if (this.#blockedFor !== 'signed_out') return;
    this.#blockedFor = null;
    this.#renewal = null;
  }

  succeeded(): void {
    this.wait.succeeded();
    this.#renewal = null;
  }

  /** `startedAtMs` is when the failed request began. */
  async failed(failure: Failure, startedAtMs: number): Promise<void> {
    switch (reactionTo(failure)) {
      case 'ignore':
        return;
      case 'status':
        this.statusWanted = true;
        return this.wait.failed(failure, startedAtMs);
      case 'renew':
        return this.#renewSession(startedAtMs);
      case 'blocked':
      case 'lease':
        return this.block(failure.code);
      case 'salvage':
        return this.lose(failure.code);
      case 'refuse':
        return this.close('refused', failure.code);
      default:
        return this.wait.failed(failure, startedAtMs);
    }
  }

  async close(end: UploadEnd, reason?: string): Promise<void> {
    if (this.#end || this.signal.aborted) return;
    this.#end = end;
    const change = reason === undefined ? { state: end } : { state: end, refusedFor: reason };
    await this.#options.journal.changeTake(this.takeId, change);
  }

  /** Once per loss of the session, however many requests met it. */
  async #renewSession(startedAtMs: number): Promise<void> {
    const { clock, renewSession } = this.#options;
    if (this.#renewal === null) {
      this.#renewedAtMs = Number.POSITIVE_INFINITY;
      this.#renewal = renewSession().finally(() => (this.#renewedAtMs = clock.nowMs()));
    } else if (startedAtMs >= this.#renewedAtMs) {
      return this.block('signed_out');
    }
    if (!(await this.#renewal.catch(() => false))) this.block('signed_out');
  }
}
