import type { CandidateAnswer } from '@fairtake/contracts';

type ServerTake = CandidateAnswer['takes'][number];

/** What the server knows of the newest recording of a question, and this device does not show by itself. */
export type TakeNews =
  /** Begun on a device, or in a browser, that may still be sending it. */
  | { kind: 'unfinished' }
  /** Its page is gone: what arrived can be kept, or it is recorded again. */
  | { kind: 'vanished'; takeId: string; startedAt: string }
  /** A fault ended it, and it does not count. */
  | { kind: 'returned'; fault: NonNullable<ServerTake['fault']> };

/**
 * What to tell beside the question while nothing of it is shown; null when there is nothing new. Only the newest
 * recording is news: whoever has recorded since knows.
 *
 * @param isHere whether this device holds the bytes of a take
 */
export function takeNews(
  answer: CandidateAnswer | undefined,
  isHere: (takeId: string) => boolean,
): TakeNews | null {
  const newest = answer?.takes.at(-1);
  if (!newest || newest.takeId === answer?.keptTakeId) return null;
  const { takeId, state, startedAt, vanished, fault } = newest;
  if (state === 'open' && !isHere(takeId))
    return vanished ? { kind: 'vanished', takeId, startedAt } : { kind: 'unfinished' };
  return state === 'returned' && fault ? { kind: 'returned', fault } : null;
}
