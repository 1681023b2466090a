import { Database } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, STORAGE, WORK_DIRECTORY } from '../infrastructure.module';
import { abandonedAfterMs, type WorkDirectory } from '../work-directory';
import { removeAbandonedFiles } from './file-sweep';
import { probeSweepMs, removeOldProbes } from './probe-sweep';

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;
/** For as long a link that ran out can say so, and an operator can see what was done. */
const keptMs = 30 * dayMs;

/**
 * Clears away what nobody needs any more, and keeps this worker's own folder, at the start and once an hour; test
 * clips more often, because candidates are told when they go. Several workers may do it at once: removing twice is
 * harmless.
 */
@Injectable()
export class HousekeepingService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly timers: NodeJS.Timeout[] = [];
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(WORK_DIRECTORY) private readonly workDirectory: WorkDirectory,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    // Jobs do not wait for it.
    this.repeat(hourMs, (now) => this.sweep(now));
    this.repeat(probeSweepMs, (now) => this.sweepProbes(now));
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.sweeping;
  }

  /** Never rejects: what fails is logged and tried again by the next sweep, and keeps nothing else from being done. */
  async sweep(now: Date): Promise<void> {
    const { expiry } = this.database.ops;
    const longAgo = new Date(now.getTime() - keptMs);
    await this.attempt('work directory', () => this.workDirectory.claim());
    await this.clear('leftovers of killed writes', () => this.storage.removeLeftovers(abandonedAfterMs));
    await this.clear('ended sessions', () => expiry.removeSessions(now));
    await this.clear('expired account links', () => expiry.removeAccountLinks(longAgo));
    await this.clear('done jobs', () => expiry.removeDoneJobs(longAgo));
    const { database, storage } = this;
    await this.clear('abandoned files', () => removeAbandonedFiles({ database, storage }, now));
  }

  /** Never rejects, like `sweep`. */
  sweepProbes(now: Date): Promise<void> {
    return this.clear('test clips', () =>
      removeOldProbes({ database: this.database, storage: this.storage }, now),
    );
  }

  private repeat(everyMs: number, work: (now: Date) => Promise<void>): void {
    const run = (): void => {
      this.sweeping = Promise.all([this.sweeping, work(new Date())]).then(() => undefined);
    };
    this.timers.push(setInterval(run, everyMs).unref());
    run();
  }

  private clear(what: string, remove: () => Promise<number>): Promise<void> {
    return this.attempt(what, async () => {
      const removed = await remove();
      if (removed > 0) this.logger.info({ what, removed }, 'cleared away');
    });
  }

  private async attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error({ err: error, what }, 'housekeeping failed; the next sweep tries again');
    }
  }
}
