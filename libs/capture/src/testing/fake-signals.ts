import type { NetworkSignal, NetworkSignals } from '../network-signals';

/** Network signals a test gives by hand. */
export class FakeSignals implements NetworkSignals {
  readonly #listeners = new Set<(signal: NetworkSignal) => void>();

  subscribe(listener: (signal: NetworkSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  give(signal: NetworkSignal): void {
    for (const listener of [...this.#listeners]) listener(signal);
  }
}
