import type { Database } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { deliveryId, type JobQueues } from './job-queues';
import { PollingLoop } from './polling-loop';

export interface RelayTiming {
  /** Between two looks for due jobs. */
  pollMs: number;
  /** Between two looks for lost jobs. */
  sweepMs: number;
  /** A job of which nothing was heard for this long, and that does not wait in its queue, is lost. */
  lostAfterMs: number;
}

/** Lost jobs are back within 35 s: a running one says every 5 s that it lives (`runnerTiming.heartbeatMs`). */
export const relayTiming: RelayTiming = { pollMs: 250, sweepMs: 5_000, lostAfterMs: 30_000 };

/** Jobs of one kind that one organisation may have in the queue: enough for as many workers to be busy with it. */
const perOrganisation = 20;
const claimedAtOnce = 100;
const sweptAtOnce = 1_000;
const quietMs = 30_000;

/**
 * Carries jobs from the table to their queues, and back when a queue has lost them. PostgreSQL is the truth: Redis may
 * be flushed, killed or frozen at any moment. Every worker runs one; they never take the same job.
 */
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loops: PollingLoop[];
  private silentUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly queues: JobQueues,
    private readonly logger: Logger,
    private readonly timing: RelayTiming = relayTiming,
  ) {
    const onError = (error: unknown): void => this.tell(error);
    this.loops = [
      new PollingLoop(() => this.relay(), timing.pollMs, onError),
      new PollingLoop(() => this.sweep(), timing.sweepMs, onError),
    ];
  }

  onApplicationBootstrap(): void {
    this.queues.onTrouble((error) => this.tell(error));
    for (const loop of this.loops) loop.start();
  }

  /** Before the runner gives its jobs back: this worker must not take them again. */
  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }

  /** Hands due jobs to their queues. What Redis does not take goes back at once. */
  async relay(): Promise<void> {
    // Asked first: claiming while Redis is away would only churn rows.
    await this.queues.checkHealth();
    const claimed = await this.database.ops.outbox.claimDueJobs({ limit: claimedAtOnce, perOrganisation });
    const results = await Promise.allSettled(claimed.map((job) => this.queues.enqueue(job)));
    const refused = claimed.filter((_, index) => results[index]!.status === 'rejected');
    await this.database.ops.outbox.requeue(refused);
  }

  /** Finds jobs that were handed over and then lost, with Redis or with a worker, and makes them due again. */
  async sweep(): Promise<void> {
    const { outbox } = this.database.ops;
    const silent = await outbox.listSilent({ silentMs: this.timing.lostAfterMs, limit: sweptAtOnce });
    if (silent.length === 0) return;
    const waiting = await this.queues.waiting();
    const isWaiting = (job: (typeof silent)[number]): boolean => waiting.has(deliveryId(job));
    await outbox.keepAlive(silent.filter(isWaiting));
    const lost = await outbox.requeue(silent.filter((job) => !isWaiting(job)));
    if (lost > 0) this.logger.warn({ jobs: lost }, 'lost jobs put back');
  }

  /** Once in a while: an outage of Redis throws four times a second. */
  private tell(error: unknown): void {
    if (Date.now() < this.silentUntil) return;
    this.silentUntil = Date.now() + quietMs;
    this.logger.warn({ err: error }, 'jobs are not being relayed');
  }
}
