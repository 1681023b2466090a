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

/** Picks up every take of the interview that the journal still holds, oldest first (UUIDv7 ids sort by time). */
export async function restoreTakes(parts: TakeParts): Promise<Take[]> {
  await parts.sending.call('restore', []);
  return parts.sending
    .reports()
    .sort((a, b) => (a.record.takeId < b.record.takeId ? -1 : 1))
    .map((report) => Take.restore(report, parts));
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
