import type { RecordingSink } from '../recording-sink';

/** Everything one take writes, strictly in order; held back until there is a sink, dropped once abandoned. */
export class SinkQueue {
  #attach: (sink: RecordingSink) => void = () => undefined;
  readonly #attached = new Promise<RecordingSink>((resolve) => (this.#attach = resolve));
  #tail: Promise<void> = Promise.resolve();
  #abandoned = false;

  attach(sink: RecordingSink): void {
    this.#attach(sink);
  }

  abandon(): void {
    this.#abandoned = true;
  }

  push(write: (sink: RecordingSink) => Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#abandoned) return;
      const sink = await this.#attached;
      if (!this.#abandoned) await write(sink);
    });
  }

  /** Resolves when everything pushed so far is written. */
  async drained(): Promise<void> {
    if (!this.#abandoned) await this.#tail;
  }
}
