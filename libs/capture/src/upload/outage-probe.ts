import type { Clock } from '../clock';

const gapMs = { least: 2_000, most: 4_000, longest: 30_000 };
/** A small question is answered within this or not at all. */
const probeTimeoutMs = 4_000;

export interface OutageProbeOptions {
  clock: Clock;
  random: () => number;
  /** Asks the server something small; true when it was ours that answered. */
  ask: (timeoutMs: number) => Promise<boolean>;
  /** The server answers: whoever waits may try now. */
  onBack: () => void;
}

/**
 * Finds out within eight seconds that a server is back, although chunks back off for up to thirty: the question is a
 * few hundred bytes, a chunk a megabyte. A server that answers questions and still takes no chunk is asked less and
 * less, so that the back-off of the chunks stays what it is.
 */
export class OutageProbe {
  readonly #options: OutageProbeOptions;
  #running = false;
  #fruitless = 0;
  #cancel: () => void = () => undefined;

  constructor(options: OutageProbeOptions) {
    this.#options = options;
  }

  /** Nobody answers. Does nothing while a probe runs already. */
  begin(): void {
    if (this.#running) return;
    this.#running = true;
    this.#later();
  }

  /** It is over, or nobody waits any more. */
  end(): void {
    this.#cancel();
    this.#running = false;
    this.#fruitless = 0;
  }

  #later(): void {
    const { clock, random } = this.#options;
    const gap = gapMs.least + random() * (gapMs.most - gapMs.least);
    const delayMs = Math.min(gap * 2 ** this.#fruitless, gapMs.longest);
    this.#cancel = clock.after(delayMs, () => void this.#ask());
  }

  async #ask(): Promise<void> {
    const isBack = await this.#options.ask(probeTimeoutMs);
    if (!this.#running) return;
    this.#fruitless = isBack ? this.#fruitless + 1 : 0;
    this.#later();
    if (isBack) this.#options.onBack();
  }
}
