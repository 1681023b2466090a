import type { CandidateInterview } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { loadCapture } from './recording/load';

/** What is kept per interview, all under `fairtake.<kind>.<interviewId>`; `ends` is when the rest goes by itself. */
const kinds = new Set(['interview', 'response', 'file', 'kept', 'ends']);
const endKey = (interviewId: string): string => `fairtake.ends.${interviewId}`;
/** Recordings without a known end: of interviews without a deadline, or of a browser that forbids to note it. */
const staleAfterMs = 30 * 24 * 60 * 60 * 1000;

type State = CandidateInterview['state'];
type Forget = (isWanted: (interviewId: string, lastStartedAt: string | null) => boolean) => Promise<void>;

/** Nothing that this device still has will ever be taken. */
export const isOver = (state: State): boolean => state === 'submitted' || state === 'withdrawn';

/** Writes down when this interview is over, so that a later page of anybody removes what is left of it here. */
export function noteEnd({ interviewId, deadlineAt, deadlinePaused }: CandidateInterview): void {
  try {
    if (deadlineAt === null || deadlinePaused) localStorage.removeItem(endKey(interviewId));
    else localStorage.setItem(endKey(interviewId), deadlineAt);
  } catch {
    // Storage is forbidden: nothing else is kept either.
  }
}

/** Removes drafts, choices, the copy of the questions, recordings and private notes of this interview. */
export async function leaveNothing(interviewId: string, forget: Forget = forgetRecordings): Promise<void> {
  removeKeys((id) => id === interviewId);
  await forget((id) => id === interviewId);
}

/** The same for every interview whose deadline and time to send have passed. Recordings are looked for only then. */
export async function sweepOld(now: Date = new Date(), forget: Forget = forgetRecordings): Promise<void> {
  const ended = endedInterviews(now);
  if (ended.size === 0) return;
  removeKeys((id) => ended.has(id));
  await forget((id) => ended.has(id));
}

/** Recordings whose interview has left no end, once they are too old for any. For when the library is there anyway. */
export async function sweepStale(openInterviewId: string, now: Date = new Date()): Promise<void> {
  await forgetRecordings(
    (id, lastStartedAt) =>
      id !== openInterviewId &&
      lastStartedAt !== null &&
      readEnd(id) === null &&
      now.getTime() - Date.parse(lastStartedAt) > staleAfterMs,
  );
}

function endedInterviews(now: Date): ReadonlySet<string> {
  const ids = ownKeys().map(({ interviewId }) => interviewId);
  return new Set(
    ids.filter((id) => {
      const end = readEnd(id);
      return end !== null && now.getTime() > Date.parse(end) + limits.deadlineGraceSeconds * 1000;
    }),
  );
}

function readEnd(interviewId: string): string | null {
  try {
    return localStorage.getItem(endKey(interviewId));
  } catch {
    return null;
  }
}

function removeKeys(isWanted: (interviewId: string) => boolean): void {
  for (const { key, interviewId } of ownKeys()) if (isWanted(interviewId)) localStorage.removeItem(key);
}

function ownKeys(): { key: string; interviewId: string }[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '');
    return keys.flatMap((key) => {
      const [app, kind, interviewId] = key.split('.');
      return app === 'fairtake' && kinds.has(kind ?? '') && interviewId ? [{ key, interviewId }] : [];
    });
  } catch {
    return [];
  }
}

/** Without the library, or without storage, there is nothing to remove, or a later page removes it. */
async function forgetRecordings(isWanted: Parameters<Forget>[0]): Promise<void> {
  try {
    const { forgetInterviews } = await loadCapture();
    await forgetInterviews(isWanted);
  } catch {
    // Tried again by the next page.
  }
}
