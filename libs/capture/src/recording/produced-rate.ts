const windowMs = 6_000;
/** Fragments come in lumps of one or two seconds: a shorter look would swing by a factor of two. */
const minimumMs = 3_000;

/** Bytes per second that really came out of the encoder lately. */
export class ProducedRate {
  #samples: { atMs: number; sizeBytes: number }[] = [];
  #sinceMs: number;

  constructor(nowMs: number) {
    this.#sinceMs = nowMs;
  }

  /** What was produced before no longer tells what comes. */
  restart(nowMs: number): void {
    this.#samples = [];
    this.#sinceMs = nowMs;
  }

  add(sizeBytes: number, nowMs: number): void {
    this.#samples.push({ atMs: nowMs, sizeBytes });
  }

  /** Null until enough was seen. */
  bytesPerSecond(nowMs: number): number | null {
    const fromMs = Math.max(this.#sinceMs, nowMs - windowMs);
    this.#samples = this.#samples.filter((sample) => sample.atMs > fromMs);
    const spanMs = nowMs - fromMs;
    if (spanMs < minimumMs) return null;
    return (this.#samples.reduce((sum, sample) => sum + sample.sizeBytes, 0) * 1_000) / spanMs;
  }
}
