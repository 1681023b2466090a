import { backOffMs, chunkLeastBytes, chunkTargetBytes, Concurrency, putTimeoutMs } from './chunk-policy';
import { Goodput } from './goodput';

/** While the browser says it is offline, one request in this time finds out whether that is true. */
const offlineProbeMs = 30_000;
const firstRoundTripMs = 500;

/** What all uploads of a page know together about the way to the server. */
export class Link {
  readonly goodput = new Goodput();
  readonly #concurrency = new Concurrency();
  readonly #random: () => number;
  inFlight = 0;
  /** Recorded and not acknowledged, over all takes. */
  backlogBytes = 0;
  #roundTripMs = firstRoundTripMs;
  #measured = false;
  #offline = false;
  #probeAtMs = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  get offline(): boolean {
    return this.#offline;
  }

  /** The browser announced the loss of its network: nothing new starts, what runs may finish. */
  lost(nowMs: number): void {
    this.#offline = true;
    this.#probeAtMs = nowMs + offlineProbeMs;
  }

  found(): void {
    this.#offline = false;
  }

  /** Zero when a request may start now, else the time to wait. */
  pauseMs(nowMs: number): number {
    return this.#offline ? Math.max(0, this.#probeAtMs - nowMs) : 0;
  }

  /** Any start while offline is the probe; the next waits its turn. */
  started(nowMs: number): void {
    if (this.#offline) this.#probeAtMs = nowMs + offlineProbeMs;
  }

  /** Null before the first answer. */
  get roundTripMs(): number | null {
    return this.#measured ? this.#roundTripMs : null;
  }

  get hasSlot(): boolean {
    return this.inFlight < this.#concurrency.limit(this.goodput.bytesPerSecond);
  }

  /** Less than this waits for more. */
  get leastBytes(): number {
    return Math.min(chunkLeastBytes(this.inFlight), this.targetBytes);
  }

  get targetBytes(): number {
    return chunkTargetBytes(this.goodput.bytesPerSecond);
  }

  /** Milliseconds the link needs for these bytes; 0 while nothing is known. */
  expectedMs(sizeBytes: number): number {
    const rate = this.goodput.bytesPerSecond;
    return rate === null ? 0 : (1_000 * sizeBytes) / rate;
  }

  timeoutMs(sizeBytes: number): number {
    return putTimeoutMs(sizeBytes, this.goodput.bytesPerSecond, this.#roundTripMs);
  }

  backOffMs(failures: number): number {
    return backOffMs(failures, this.#random);
  }

  answered(elapsedMs: number): void {
    this.#measured = true;
    this.#roundTripMs = Math.min(this.#roundTripMs, elapsedMs);
    this.#offline = false;
  }

  acknowledged(): void {
    this.#offline = false;
    this.#concurrency.acknowledged(this.backlogBytes / this.targetBytes, this.goodput.bytesPerSecond);
  }

  troubled(): void {
    this.#concurrency.troubled();
  }
}
