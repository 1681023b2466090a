import type { Journal, JournalTake } from '../journal/journal';
import { Take, type TakeParts } from './take';

/** A take that a reload, a crash or a fault cut: what is kept of it, for telling the person in words. */
export interface UnfinishedTake {
  takeId: string;
  questionId: string;
  /** ISO date and time by this device's clock. */
  startedAt: string;
  recordedMs: number;
  bytesRecorded: number;
  bytesAcknowledged: number;
}

/** Refusals after which the server wants nothing of the take any more. */
const settledRefusals = new Set(['discarded', 'returned', 'no_media']);

/**
 * Picks up every take of the interview that the journal still holds: uploads go on at once, stopped takes are
 * finalised, what is settled is pruned. A take refused earlier is tried once more per page; the reason may be gone.
 */
export async function restoreTakes(
  interviewId: string,
  parts: TakeParts & { journal: Journal },
): Promise<Take[]> {
  const { journal } = parts;
  const takes: Take[] = [];
  for (const record of await journal.takesOf(interviewId)) {
    if (isSettled(record)) {
      await journal.forget(record.takeId);
      continue;
    }
    if (record.state === 'refused') {
      const { refusedFor: _, ...again } = record;
      await journal.replaceTake({ ...again, state: 'stopped' });
    }
    takes.push(await Take.restore(journal.take(record.takeId), parts));
  }
  return takes;
}

/** Of these takes the ones that wait for the person's decision. */
export function unfinishedOf(takes: readonly Take[]): UnfinishedTake[] {
  return takes
    .map((take) => take.getSnapshot())
    .filter((snapshot) => snapshot.phase === 'interrupted')
    .map(({ takeId, questionId, startedAt, recordedMs, bytesProduced, bytesAcknowledged }) => ({
      takeId,
      questionId,
      startedAt,
      recordedMs,
      bytesRecorded: bytesProduced,
      bytesAcknowledged,
    }));
}

function isSettled(record: JournalTake): boolean {
  if (record.state === 'finalised' || record.state === 'returned') return true;
  return record.state === 'refused' && settledRefusals.has(record.refusedFor ?? '');
}
