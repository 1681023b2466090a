import type { Clock } from '../clock';
import { Observable } from '../observable';

/**
 * `owner`: this tab records and sends. `elsewhere`: another tab of this browser does. `lost`: another tab took it
 * from this one.
 */
export type Ownership = 'owner' | 'elsewhere' | 'lost';

/** A reload asks before the browser has released the old page's lock; that is not a second tab. */
const reloadGraceMs = 500;

/**
 * One owner per interview among the tabs of a browser, by Web Locks. Where they are missing every tab is owner and
 * the server's lease alone decides.
 */
export class TabOwnership {
  readonly #name: string;
  readonly #locks: LockManager | undefined;
  readonly #clock: Clock;
  readonly #state = new Observable<Ownership>('elsewhere');
  #release: () => void = () => undefined;
  #queue = new AbortController();

  constructor(interviewId: string, locks: LockManager | undefined, clock: Clock) {
    this.#name = `fairtake-capture-${interviewId}`;
    this.#locks = locks;
    this.#clock = clock;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);
  readonly getSnapshot = (): Ownership => this.#state.getSnapshot();

  /** Resolves once it is known who owns. A tab that does not becomes owner by itself when the owner closes. */
  async claim(): Promise<Ownership> {
    if (!this.#locks) {
      this.#state.set('owner');
      return 'owner';
    }
    const granted = this.#request({ signal: this.#queue.signal });
    await Promise.race([granted, new Promise<void>((resolve) => this.#clock.after(reloadGraceMs, resolve))]);
    return this.getSnapshot();
  }

  /** Takes the ownership from the other tab, which sees `lost`. */
  async takeOver(): Promise<void> {
    if (!this.#locks || this.getSnapshot() === 'owner') return;
    this.#queue.abort();
    await this.#request({ steal: true });
  }

  /** Lets the next tab in line have it. */
  release(): void {
    this.#queue.abort();
    this.#release();
  }

  /** Resolves when the lock is held, or the request was withdrawn. */
  #request(options: LockOptions): Promise<void> {
    return new Promise((resolve) => {
      const held = this.#locks!.request(this.#name, options, () => {
        this.#state.set('owner');
        resolve();
        return new Promise<void>((release) => (this.#release = release));
      });
      held.catch(() => {
        // Rejects when the lock is stolen, and when a queued request is withdrawn.
        if (this.getSnapshot() === 'owner' && options.signal?.aborted !== true) this.#lost();
        resolve();
      });
    });
  }

  #lost(): void {
    this.#state.set('lost');
    this.#queue = new AbortController();
    // When the other tab closes again, this one may go on.
    void this.#request({ signal: this.#queue.signal });
  }
}
