import { ApiProblem } from '../../api/api-client';

export type SaveStatus =
  | { kind: 'saved'; at: number | null }
  | { kind: 'pending' }
  | { kind: 'saving' }
  /** No answer came; tried again by itself. */
  | { kind: 'waiting'; error: unknown }
  /** The server refused; nothing is tried until the value changes or `resume` is called. */
  | { kind: 'refused'; error: unknown };

type SerialSaverOptions<Value> = {
  save: (value: Value) => Promise<void>;
  /** Quiet time after the last change before it is sent. */
  delayMs: number;
  /** Waits between tries when no answer came; the last one repeats. */
  retryMs?: readonly number[];
};

/** Whether the server answered no, so that asking again as before is pointless. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;

/**
 * Sends the newest value, one request at a time, never two in parallel: so a version read from each reply is the right
 * one for the next. Changes made during a request are sent after it.
 */
export class SerialSaver<Value> {
  private readonly listeners = new Set<() => void>();
  private readonly waiters: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  private newest: { value: Value } | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sending = false;
  private tries = 0;
  private current: SaveStatus = { kind: 'saved', at: null };

  constructor(private readonly options: SerialSaverOptions<Value>) {}

  /** Stable between changes, as `useSyncExternalStore` asks. */
  readonly status = (): SaveStatus => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes a new value and sends it after the quiet time. */
  set(value: Value): void {
    this.newest = { value };
    this.tries = 0;
    if (!this.sending) {
      this.become({ kind: 'pending' });
      this.schedule(this.options.delayMs);
    }
  }

  /** Sends what is outstanding now. Resolves when the server has it; rejects with the refusal or the silence. */
  flush(): Promise<void> {
    if (!this.newest && !this.sending) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiters.push({ resolve, reject });
      if (!this.sending) this.schedule(0);
    });
  }

  /** Tries again now, for instance when the network is back. */
  resume(): void {
    if (this.newest && !this.sending) this.schedule(0);
  }

  /** Forgets what has not been sent, for instance when the server's state is taken over. */
  discard(): void {
    clearTimeout(this.timer);
    this.newest = null;
    this.become({ kind: 'saved', at: null });
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), delayMs);
  }

  private async send(): Promise<void> {
    const outgoing = this.newest;
    if (!outgoing || this.sending) return;
    this.newest = null;
    this.sending = true;
    this.become({ kind: 'saving' });
    try {
      await this.options.save(outgoing.value);
      this.sending = false;
      this.tries = 0;
      this.afterSuccess();
    } catch (error) {
      this.sending = false;
      this.newest ??= outgoing;
      this.afterFault(error);
    }
  }

  private afterSuccess(): void {
    if (this.newest) {
      this.become({ kind: 'pending' });
      this.schedule(this.waiters.length > 0 ? 0 : this.options.delayMs);
      return;
    }
    this.become({ kind: 'saved', at: Date.now() });
    for (const waiter of this.waiters.splice(0)) waiter.resolve();
  }

  private afterFault(error: unknown): void {
    for (const waiter of this.waiters.splice(0)) waiter.reject(error);
    if (isRefusal(error)) {
      this.become({ kind: 'refused', error });
      return;
    }
    const waits = this.options.retryMs ?? [2_000, 5_000, 15_000];
    this.become({ kind: 'waiting', error });
    this.schedule(waits[Math.min(this.tries, waits.length - 1)] ?? 15_000);
    this.tries += 1;
  }

  private become(status: SaveStatus): void {
    this.current = status;
    for (const listener of this.listeners) listener();
  }
}
