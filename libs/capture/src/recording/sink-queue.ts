import type { RecordingSink } from '../recording-sink';

/**
 * Everything one take writes, strictly in order; held back until there is a sink, dropped once abandoned. After a write
 * that failed no more bytes are written, because a hole would make all that follows unreadable; segments still end.
 */
export class SinkQueue {
  readonly #onFailed: (error: unknown) => void;
  #attach: (sink: RecordingSink) => void = () => undefined;
  readonly #attached = new Promise<RecordingSink>((resolve) => (this.#attach = resolve));
  #tail: Promise<void> = Promise.resolve();
  #abandoned = false;
  #failed = false;

  /** @param onFailed told once, of the first write that failed: the recording should end */
  constructor(onFailed: (error: unknown) => void) {
    this.#onFailed = onFailed;
  }

  attach(sink: RecordingSink): void {
    this.#attach(sink);
  }

  abandon(): void {
    this.#abandoned = true;
  }

  /** Bytes, or the segment they need. */
  push(write: (sink: RecordingSink) => Promise<void>): void {
    this.#enqueue(async (sink) => {
      if (!this.#failed) await write(sink);
    });
  }

  /** The end of a segment: also after a failure, so that what was written before can be sent. */
  pushEnd(write: (sink: RecordingSink) => Promise<void>): void {
    this.#enqueue(write);
  }

  /** Resolves when everything pushed so far is written or given up. Never rejects. */
  async drained(): Promise<void> {
    if (!this.#abandoned) await this.#tail;
  }

  #enqueue(write: (sink: RecordingSink) => Promise<void>): void {
    this.#tail = this.#tail.then(async () => {
      if (this.#abandoned) return;
      const sink = await this.#attached;
      if (this.#abandoned) return;
      try {
        await write(sink);
      } catch (error) {
        if (!this.#failed) {
          this.#failed = true;
          this.#onFailed(error);
        }
      }
    });
  }
}
