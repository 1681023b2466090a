import { AppError } from '@fairtake/server-kit';

export interface TurnLimits {
  /** At once, of one key. */
  perKey: number;
  /** At once in this process. */
  total: number;
  /** Of one key; whoever comes after them is refused. */
  waitingPerKey: number;
}

interface Waiting {
  key: string;
  begin: () => void;
}

/**
 * Bounds how much of one sort of work this process does at once, for each key and altogether. What comes too many
 * waits; a key that has its share keeps nobody else waiting.
 */
export class Turns {
  private running = 0;
  private readonly runningOf = new Map<string, number>();
  private waiting: Waiting[] = [];

  constructor(private readonly limits: TurnLimits) {}

  get atWork(): number {
    return this.running;
  }

  /**
   * Does the work when it is its turn.
   *
   * @param gone when it fires before the turn has come, the work is never begun and the call fails with its reason
   * @throws AppError too_many_requests when too many of the key are waiting already
   */
  async run<T>(key: string, work: () => Promise<T>, gone?: AbortSignal): Promise<T> {
    if (this.isFree(key)) this.take(key);
    else await this.queue(key, gone);
    try {
      return await work();
    } finally {
      this.release(key);
    }
  }

  private isFree(key: string): boolean {
    return this.running < this.limits.total && (this.runningOf.get(key) ?? 0) < this.limits.perKey;
  }

  private queue(key: string, gone: AbortSignal | undefined): Promise<void> {
    const ahead = this.waiting.filter((one) => one.key === key).length;
    if (ahead >= this.limits.waitingPerKey) throw new AppError('too_many_requests', { retryAfterSeconds: 2 });
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting = this.waiting.filter((one) => one !== place);
        reject(gone!.reason as Error);
      };
      const begin = (): void => {
        gone?.removeEventListener('abort', leave);
        resolve();
      };
      const place = { key, begin };
      if (gone?.aborted) return leave();
      gone?.addEventListener('abort', leave, { once: true });
      this.waiting.push(place);
    });
  }

  private take(key: string): void {
    this.running += 1;
    this.runningOf.set(key, (this.runningOf.get(key) ?? 0) + 1);
  }

  private release(key: string): void {
    this.running -= 1;
    const left = this.runningOf.get(key)! - 1;
    if (left === 0) this.runningOf.delete(key);
    else this.runningOf.set(key, left);
    const next = this.waiting.find((one) => this.isFree(one.key));
    if (!next) return;
    this.waiting = this.waiting.filter((one) => one !== next);
    this.take(next.key);
    next.begin();
  }
}
