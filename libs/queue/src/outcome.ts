import type { MediaFailure } from '@fairtake/contracts';
import { DatabaseUnavailable } from '@fairtake/database';
import { JobTakenOver, PermanentJobError, TransientJobError, WorkerStopping } from './errors';

/** What becomes of a job whose run failed. */
export type Outcome =
  | { kind: 'retry'; afterMs: number; counted: boolean }
  | { kind: 'give_up'; failure: MediaFailure }
  | { kind: 'leave' };

/** Where the job stands. */
export interface Standing {
  /** From the registry. */
  definition: { attempts: number; backoffMs: number };
  /** Counted runs, this one included. */
  attempts: number;
  /** How often the job was handed to its queue. */
  delivery: number;
}

/** An outage that lasts for hours is looked at every five minutes. */
const longestBackOffMs = 5 * 60_000;

/**
 * Decides what a failed run means. Faults of the media are counted and end after the registry's `attempts`; faults of
 * the surroundings are tried again without end, because an outage says nothing about an answer.
 */
export function outcomeOf(error: unknown, { definition, attempts, delivery }: Standing): Outcome {
  if (error instanceof JobTakenOver) return { kind: 'leave' };
  if (error instanceof WorkerStopping) return { kind: 'retry', afterMs: 0, counted: false };
  if (error instanceof PermanentJobError) return { kind: 'give_up', failure: error.failure };
  if (error instanceof TransientJobError || error instanceof DatabaseUnavailable) {
    return { kind: 'retry', afterMs: backOffMs(definition.backoffMs, delivery), counted: false };
  }
  if (attempts >= definition.attempts) return { kind: 'give_up', failure: 'processing_failed' };
  return { kind: 'retry', afterMs: backOffMs(definition.backoffMs, attempts), counted: true };
}

/** Doubles with every try, up to five minutes. @param tries from 1 */
function backOffMs(firstMs: number, tries: number): number {
  return Math.min(firstMs * 2 ** Math.min(tries - 1, 20), longestBackOffMs);
}
