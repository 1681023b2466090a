import type { MediaFailure } from '@fairtake/contracts';

/** The same work will fail again, whoever does it: the failed state is written and the job is not tried again. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';

  /** @param failure what the screens say about it */
  constructor(
    readonly failure: MediaFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The surroundings failed (storage away, disk full, no processes left), not the work: tried again later, as often as
 * it takes. Says nothing about the media, so it never counts as one of the job's attempts.
 */
export class TransientJobError extends Error {
  override readonly name = 'TransientJobError';
}

/** The job ran into the registry's `timeoutMs`. Counts as an attempt. */
export class JobTimedOut extends Error {
  override readonly name = 'JobTimedOut';

  constructor(readonly timeoutMs: number) {
    super(`The job took longer than ${timeoutMs} ms.`);
  }
}

/** The job was delivered again or has ended elsewhere: whatever this run makes is thrown away. */
export class JobTakenOver extends Error {
  override readonly name = 'JobTakenOver';

  constructor() {
    super('The job now belongs to another run.');
  }
}

/** This worker is shutting down: the job goes back and is not counted. */
export class WorkerStopping extends Error {
  override readonly name = 'WorkerStopping';

  constructor() {
    super('The worker is stopping.');
  }
}

/** Redis did not answer in time, or not at all. Nothing is lost: PostgreSQL keeps the job. */
export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';

  constructor(options?: ErrorOptions) {
    super('Redis does not answer.', options);
  }
}
