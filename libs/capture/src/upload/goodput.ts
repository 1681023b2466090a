const windowSize = 5;
/** Below this, clock resolution and coalesced responses say more than the link does. */
const shortestSampleMs = 1;
/** A response this many times slower than usual says something about one request before it says it about the link. */
const outlierFactor = 3;
/** Responses this soon after a slow one waited for the same thing. */
const sameCauseMs = 100;

interface Sample {
  bytes: number;
  busyMs: number;
}

/**
 * How fast bytes are acknowledged. Sampled at responses only: upload progress events report what left for a socket
 * buffer (measured: 240 of 256 KiB "loaded" after 109 ms with the response after 5 s).
 *
 * A sample is acknowledged bytes ÷ the time since the previous sample in which at least one request was under way.
 * One sample far below the others is kept aside until the next: a server that was slow once must not lower anybody's
 * picture. When the next is slow as well both count; and of `windowSize` samples only one is forgiven.
 */
export class Goodput {
  #active = 0;
  #busySinceMs = 0;
  #average: number | null = null;
  readonly #samples: Sample[] = [];
  #aside: (Sample & { atMs: number }) | null = null;
  #sinceForgiven = windowSize;

  started(nowMs: number): void {
    if (this.#active++ === 0) this.#busySinceMs = nowMs;
  }

  acknowledged(bytes: number, nowMs: number): void {
    const sample = { bytes, busyMs: Math.max(nowMs - this.#busySinceMs, shortestSampleMs) };
    this.#active--;
    this.#busySinceMs = nowMs;
    if (this.#aside && nowMs - this.#aside.atMs <= sameCauseMs) {
      this.#aside.bytes += sample.bytes;
      this.#aside.busyMs += sample.busyMs;
      return;
    }
    const aside = this.#aside;
    this.#aside = null;
    const isSlow = this.#average !== null && rateOf(sample) * outlierFactor < this.#average;
    if (isSlow && !aside && this.#sinceForgiven >= windowSize) {
      this.#aside = { ...sample, atMs: nowMs };
      return;
    }
    if (aside && isSlow) this.#count(aside);
    else if (aside) this.#sinceForgiven = 0;
    this.#count(sample);
  }

  /** A failed request carries no information about speed; its time is not held against the link. */
  failed(nowMs: number): void {
    this.#active--;
    this.#busySinceMs = nowMs;
  }

  /** min(EWMA with α = 0.5, byte-weighted harmonic mean of the last 5); null before the first response. */
  get bytesPerSecond(): number | null {
    if (this.#average === null) return null;
    const bytes = this.#samples.reduce((sum, sample) => sum + sample.bytes, 0);
    const busyMs = this.#samples.reduce((sum, sample) => sum + sample.busyMs, 0);
    return Math.min(this.#average, rateOf({ bytes, busyMs }));
  }

  #count(sample: Sample): void {
    const rate = rateOf(sample);
    this.#average = this.#average === null ? rate : (this.#average + rate) / 2;
    this.#samples.push(sample);
    if (this.#samples.length > windowSize) this.#samples.shift();
    this.#sinceForgiven++;
  }
}

const rateOf = ({ bytes, busyMs }: Sample): number => (bytes * 1_000) / busyMs;
