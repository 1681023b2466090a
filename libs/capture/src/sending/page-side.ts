import type { CallMessage } from './messages';
import type { SendingEvents } from './sending-calls';
import type { SendingEngine } from './sending-engine';
import type { SendingListener, SendingSide } from './sending-host';

/** The engine on the page's own thread. */
export class PageSide implements SendingSide {
  readonly where = 'page';
  readonly engine: SendingEngine;
  readonly #listener: SendingListener;
  #ended = false;

  constructor(makeEngine: (events: SendingEvents) => SendingEngine, listener: SendingListener) {
    this.#listener = listener;
    this.engine = makeEngine(listener.events);
  }

  run({ call, method, args }: CallMessage): void {
    if (this.#ended) return;
    const run = this.engine[method] as (...given: unknown[]) => Promise<unknown>;
    run.apply(this.engine, args).then(
      (value) => this.#listener.settle(call, { value }),
      (error: unknown) =>
        this.#listener.settle(call, { failed: error instanceof Error ? error.message : String(error) }),
    );
  }

  end(): void {
    this.#ended = true;
    void this.engine.close();
  }

  close(): Promise<void> {
    return this.engine.close();
  }
}
