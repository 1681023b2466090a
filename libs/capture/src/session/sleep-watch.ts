import type { Clock } from '../clock';

const tickMs = 2_000;
/** The page slept or was frozen when nothing of it ran for so long: neither its timers nor the recorder. */
const sleptAfterMs = 10_000;

/**
 * Notices that device or page slept while it recorded: what was said meanwhile is in no recorder, although the clock
 * on the wall went on. Timers alone would not do, a hidden page's may come once a minute; the recorder's bytes count
 * as signs of life too.
 */
export class SleepWatch {
  readonly #clock: Clock;
  readonly #onSlept: (sleptMs: number) => void;
  #aliveAtMs: number;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, onSlept: (sleptMs: number) => void) {
    this.#clock = clock;
    this.#onSlept = onSlept;
    this.#aliveAtMs = clock.nowMs();
    this.#tick();
  }

  /** Something of the page runs: a timer, or bytes that came from the recorder. */
  alive(): void {
    const nowMs = this.#clock.nowMs();
    const silentMs = nowMs - this.#aliveAtMs;
    this.#aliveAtMs = nowMs;
    if (silentMs > sleptAfterMs) this.#onSlept(silentMs);
  }

  stop(): void {
    this.#cancel();
  }

  #tick(): void {
    this.#cancel = this.#clock.after(tickMs, () => {
      this.#tick();
      this.alive();
    });
  }
}
