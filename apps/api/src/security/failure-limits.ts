import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';
import { networkOf } from './network-of';

/** At most `failures` within any `windowSeconds`; the next attempt then waits for the oldest to age out. */
export interface FailureLimit {
  readonly name: string;
  readonly failures: number;
  readonly windowSeconds: number;
}

/** Numbers of docs/security.md. Only failures count: a whole campus behind one address must get in. */
export const failureLimits = {
  signInPerPerson: { name: 'sign-in-person', failures: 5, windowSeconds: 15 * 60 },
  signInPerAddress: { name: 'sign-in-address', failures: 30, windowSeconds: 15 * 60 },
  signInOfAll: { name: 'sign-in-all', failures: 20, windowSeconds: 1 },
  linkPerAddress: { name: 'link-address', failures: 10, windowSeconds: 60 },
} as const satisfies Record<string, FailureLimit>;

export interface FailureKey {
  readonly limit: FailureLimit;
  readonly key: string;
}

/** For every place where somebody proves a password. Many addresses together are held to a pace the machine can take. */
export const signInKeys = (email: string, address: string): FailureKey[] => [
  { limit: failureLimits.signInPerPerson, key: `${email.toLowerCase()} ${networkOf(address)}` },
  { limit: failureLimits.signInPerAddress, key: networkOf(address) },
  { limit: failureLimits.signInOfAll, key: 'all' },
];

/** For every place where somebody opens a link. */
export const linkKeys = (address: string): FailureKey[] => [
  { limit: failureLimits.linkPerAddress, key: networkOf(address) },
];

/** Where failures are counted. */
export abstract class FailureLimits {
  /**
   * Runs an attempt that counts as failed from its beginning and is forgiven when it succeeds or breaks on our side:
   * many attempts at the same moment get no more tries than one after the other.
   *
   * @throws AppError too_many_requests with the seconds to wait, when one of the keys has used up its failures
   */
  abstract attempt<Result>(keys: readonly FailureKey[], work: () => Promise<Result>): Promise<Result>;
}

const keysMax = 50_000;

/**
 * Counts in this process's memory. One api process serves an installation today; with several, each would allow the
 * full number, and a shared store belongs behind this class.
 */
@Injectable()
export class ProcessFailureLimits extends FailureLimits {
  private readonly failedAt = new Map<string, number[]>();

  constructor(private readonly clock: Clock) {
    super();
  }

  async attempt<Result>(keys: readonly FailureKey[], work: () => Promise<Result>): Promise<Result> {
    // Looking and counting in one turn of the event loop: nobody gets in between.
    this.refuseClosed(keys);
    this.count(keys);
    try {
      const result = await work();
      this.forgive(keys);
      return result;
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) this.forgive(keys);
      throw error;
    }
  }

  private refuseClosed(keys: readonly FailureKey[]): void {
    const now = this.clock.now().getTime();
    const waits = keys.map(({ limit, key }) => {
      const recent = this.recent(limit, key, now);
      if (recent.length < limit.failures) return 0;
      return recent[recent.length - limit.failures]! + limit.windowSeconds * 1000 - now;
    });
    const waitMs = Math.max(0, ...waits);
    if (waitMs > 0) throw new AppError('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
  }

  private count(keys: readonly FailureKey[]): void {
    const now = this.clock.now().getTime();
    for (const { limit, key } of keys) {
      const id = `${limit.name}:${key}`;
      const recent = [...this.recent(limit, key, now), now];
      // Re-inserting moves the key to the end: the map's order is then the order of last failures.
      this.failedAt.delete(id);
      this.failedAt.set(id, recent.slice(-limit.failures));
    }
    // A flood of made-up addresses must not fill the memory; the keys idle for longest go first.
    for (const id of this.failedAt.keys()) {
      if (this.failedAt.size <= keysMax) break;
      this.failedAt.delete(id);
    }
  }

  private forgive(keys: readonly FailureKey[]): void {
    for (const { limit, key } of keys) this.failedAt.get(`${limit.name}:${key}`)?.pop();
  }

  private recent(limit: FailureLimit, key: string, now: number): number[] {
    const since = now - limit.windowSeconds * 1000;
    return (this.failedAt.get(`${limit.name}:${key}`) ?? []).filter((failedAt) => failedAt > since);
  }
}
