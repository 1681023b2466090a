import { jobs, type JobName, type JobPayload, type MediaFailure } from '@fairtake/contracts';
import type { TenantContext } from '@fairtake/database';

/** One run of a job. */
export interface RunningJob<Name extends JobName> {
  name: Name;
  /** Id of the outbox row, for `tx.outbox.markDone` in the publishing transaction. */
  jobId: string;
  payload: JobPayload<Name>;
  /** 1 for the first run. */
  attempt: number;
  /** Aborted when the time is up, the worker stops, or another worker has the job: stop at once, publish nothing. */
  signal: AbortSignal;
}

export interface JobHandler<Name extends JobName> {
  /**
   * Does the work. May run twice, late, at the same time elsewhere, or after its row is gone, and then ends quietly.
   * Publishes in one transaction together with `markDone`; when it resolves the job counts as done.
   *
   * @throws PermanentJobError to give up, TransientJobError to be tried again uncounted, anything else to be tried
   *   again and counted
   */
  handle(job: RunningJob<Name>): Promise<void>;

  /** Writes what people see of a job that was given up, in the transaction that ends it. Rows only. */
  giveUp(tx: TenantContext, payload: JobPayload<Name>, failure: MediaFailure): Promise<void>;
}

/** One handler for every job of the registry: a missing one does not compile. */
export type JobHandlers = { readonly [Name in JobName]: JobHandler<Name> };

/** @throws Error naming the jobs nobody handles, for boot to end with */
export function assertHandlers(handlers: Partial<JobHandlers>): asserts handlers is JobHandlers {
  const missing = (Object.keys(jobs) as JobName[]).filter(
    (name) => typeof handlers[name]?.handle !== 'function' || typeof handlers[name].giveUp !== 'function',
  );
  if (missing.length > 0) {
    throw new Error(`No handler for ${missing.join(', ')}: add it to the handlers of the worker's module.`);
  }
}
