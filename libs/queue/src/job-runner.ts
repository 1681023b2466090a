import { setTimeout as wait } from 'node:timers/promises';
import { jobs, type JobName, type JobPayload } from '@fairtake/contracts';
import { DatabaseUnavailable, type BegunJob, type Database, type TenantContext } from '@fairtake/database';
import type { Logger } from '@fairtake/server-kit';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { JobTakenOver, JobTimedOut, PermanentJobError, WorkerStopping } from './errors';
import { assertHandlers, type JobHandler, type JobHandlers } from './job-handler';
import { DeliveredJob, type JobQueues } from './job-queues';
import { outcomeOf, type Outcome } from './outcome';

export interface RunnerTiming {
  /** Between two signs of life; far below the relay's `lostAfterMs`. */
  heartbeatMs: number;
  /** How long an aborted run may take to end before the job goes on without it. */
  abortGraceMs: number;
  /** Shortens the registry's `timeoutMs`. */
  longestRunMs?: number;
}

const databaseRetryMs = 1_000;

export const runnerTiming: RunnerTiming = { heartbeatMs: 5_000, abortGraceMs: 10_000 };

/**
 * Runs delivered jobs: begins them in the table, keeps them alive there, and writes what became of them. Bull never
 * learns of a failure, so that only the table decides what is tried again.
 */
export class JobRunner implements BeforeApplicationShutdown {
  private readonly running = new Map<Promise<void>, AbortController>();
  private stopping = false;

  /** @throws Error when a job of the registry has no handler */
  constructor(
    private readonly database: Database,
    private readonly queues: JobQueues,
    private readonly logger: Logger,
    private readonly handlers: JobHandlers,
    private readonly timing: RunnerTiming = runnerTiming,
  ) {
    assertHandlers(handlers);
  }

  /**
   * Runs one delivery to its end; what goes wrong is written to the table, not thrown.
   *
   * @param name of the job as the queue names it
   * @param data what lay in Redis: anything, until it was parsed and found in the table
   */
  async run<Name extends JobName>(name: Name, data: unknown): Promise<void> {
    const delivered = DeliveredJob.safeParse(data);
    if (!delivered.success) {
      this.logger.warn({ job: name }, 'ignored something in the queue that is no job');
      return;
    }
    if (this.stopping) {
      await this.database.ops.outbox.requeue([delivered.data]);
      return;
    }
    const controller = new AbortController();
    const run = this.runDelivered(name, delivered.data, controller);
    this.running.set(run, controller);
    try {
      await run;
    } catch (error) {
      // Silent in the table from now on, so the relay delivers it anew.
      this.logger.error(
        { err: error, job: name, jobId: delivered.data.jobId },
        'job left without an outcome',
      );
    } finally {
      this.running.delete(run);
    }
  }

  /** Takes no more, ends what runs, and gives it back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    const stopped = this.queues.stopTaking();
    for (const controller of this.running.values()) controller.abort(new WorkerStopping());
    await Promise.allSettled([stopped, ...this.running.keys()]);
  }

  private async runDelivered<Name extends JobName>(
    name: Name,
    delivered: DeliveredJob,
    controller: AbortController,
  ): Promise<void> {
    const log = this.logger.child({ job: name, jobId: delivered.jobId });
    const startedAt = performance.now();
    const begun = await this.inOrganisation(delivered, (tx) => tx.outbox.begin(name, delivered));
    // Delivered again since, ended, gone, or never there: somebody else's business.
    if (!begun) return;
    try {
      await this.work(name, delivered, begun, controller);
      await this.inOrganisation(delivered, (tx) => tx.outbox.markDone(delivered.jobId));
      log.info(
        { attempt: begun.attempts, durationMs: Math.round(performance.now() - startedAt) },
        'job done',
      );
    } catch (thrown) {
      const error = controller.signal.aborted ? controller.signal.reason : thrown;
      const outcome = outcomeOf(error, { definition: jobs[name], ...begun, delivery: delivered.delivery });
      log[outcome.kind === 'give_up' ? 'error' : 'warn']({ err: error, ...outcome }, 'job failed');
      await this.whenDatabaseAnswers(() => this.settle(name, delivered, begun, outcome, messageOf(error)));
    }
  }

  /** An outage must not turn an uncounted run into a counted one, so what became of it is written when it is over. */
  private async whenDatabaseAnswers(write: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (this.stopping || !(error instanceof DatabaseUnavailable)) throw error;
        await wait(databaseRetryMs);
      }
    }
  }

  private async work<Name extends JobName>(
    name: Name,
    delivered: DeliveredJob,
    begun: BegunJob,
    controller: AbortController,
  ): Promise<void> {
    const { attempts: allowed } = jobs[name];
    const timeoutMs = Math.min(jobs[name].timeoutMs, this.timing.longestRunMs ?? Infinity);
    // Each of the earlier runs took its worker down before it could say how it ended.
    if (begun.attempts > allowed) throw new PermanentJobError('processing_failed', 'Every run was killed.');
    const payload = payloadOf(name, delivered, begun);
    if (!payload)
      throw new PermanentJobError('processing_failed', 'The payload is not what the registry says.');
    const heart = setInterval(() => void this.beat(delivered, controller), this.timing.heartbeatMs);
    const clock = setTimeout(() => controller.abort(new JobTimedOut(timeoutMs)), timeoutMs);
    const { signal } = controller;
    try {
      const job = { name, jobId: delivered.jobId, payload, attempt: begun.attempts, signal };
      await endedOrAborted(this.handlerOf(name).handle(job), signal, this.timing.abortGraceMs);
    } finally {
      clearInterval(heart);
      clearTimeout(clock);
    }
  }

  private async beat(delivered: DeliveredJob, controller: AbortController): Promise<void> {
    try {
      const isOurs = await this.inOrganisation(delivered, (tx) => tx.outbox.keepAlive(delivered));
      if (!isOurs) controller.abort(new JobTakenOver());
    } catch (error) {
      // Maybe back at the next beat. If not, another worker takes over and the fence in the table keeps us out.
      this.logger.warn({ err: error, jobId: delivered.jobId }, 'no sign of life could be given');
    }
  }

  private async settle<Name extends JobName>(
    name: Name,
    delivered: DeliveredJob,
    begun: BegunJob,
    outcome: Outcome,
    message: string,
  ): Promise<void> {
    if (outcome.kind === 'leave') return;
    await this.inOrganisation(delivered, async (tx) => {
      if (outcome.kind === 'retry') {
        const availableAt = new Date(Date.now() + outcome.afterMs);
        await tx.outbox.retryAt(delivered, { availableAt, error: message, counted: outcome.counted });
        return;
      }
      if (!(await tx.outbox.markDead(delivered, message))) return;
      const payload = payloadOf(name, delivered, begun);
      if (payload) await this.handlerOf(name).giveUp(tx, payload, outcome.failure);
    });
  }

  private handlerOf<Name extends JobName>(name: Name): JobHandler<Name> {
    return this.handlers[name] as JobHandler<Name>;
  }

  private inOrganisation<T>(
    { organisationId }: DeliveredJob,
    work: (tx: TenantContext) => Promise<T>,
  ): Promise<T> {
    return this.database.inOrganisation(organisationId, work);
  }
}

/** @returns null when a row says something else than its own registry or organisation */
function payloadOf<Name extends JobName>(
  name: Name,
  { organisationId }: DeliveredJob,
  { payload }: BegunJob,
): JobPayload<Name> | null {
  const parsed = jobs[name].payload.safeParse(payload);
  // The registry's own type for this name, which TypeScript does not follow through the index.
  return parsed.success && parsed.data.organisationId === organisationId
    ? (parsed.data as JobPayload<Name>)
    : null;
}

/** Waits for the work, and after an abort no longer than the grace: what hangs must not hold the job. */
async function endedOrAborted(work: Promise<void>, signal: AbortSignal, graceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort!);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
