import type { Clock } from '../clock';

interface Timer {
  atMs: number;
  run: () => void;
}

/** Time that passes only when told to. */
export class VirtualClock implements Clock {
  #nowMs = 0;
  #timers: Timer[] = [];
  readonly #settle: () => Promise<void>;

  /** `settle` lets everything that waits for no timer finish, e.g. a few turns of the event loop. */
  constructor(settle: () => Promise<void>) {
    this.#settle = settle;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets the given time pass, timer by timer. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await this.#settle();
    while (this.#fireNext(endMs)) await this.#settle();
    this.#nowMs = endMs;
  }

  /** The computer sleeps: time passes and nothing runs; what fell due meanwhile runs on waking, all at once. */
  async sleep(durationMs: number): Promise<void> {
    this.#nowMs += durationMs;
    await this.advance(0);
  }

  /** Lets time pass until the condition holds. Throws when nothing is left to happen or after `maxTimers`. */
  async until(condition: () => boolean, maxTimers = 20_000): Promise<void> {
    await this.#settle();
    for (let fired = 0; !condition(); fired++) {
      if (fired >= maxTimers) throw new Error(`The condition did not come true within ${maxTimers} timers`);
      if (!this.#fireNext(Number.POSITIVE_INFINITY)) throw new Error('Nothing left to wait for');
      await this.#settle();
    }
  }

  #fireNext(endMs: number): boolean {
    const next = this.#timers.reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
      undefined,
    );
    if (!next || next.atMs > endMs) return false;
    this.#timers = this.#timers.filter((timer) => timer !== next);
    this.#nowMs = Math.max(this.#nowMs, next.atMs);
    next.run();
    return true;
  }
}
