import type { CandidateInterview } from '@fairtake/contracts';
import { noteEnd } from './left-behind';

/**
 * A copy of what the server last said of an interview, so that a reload without network finds the questions, and a
 * recording that waits on this device can be shown and finished. Gone when this browser learns that the interview is sent
 * or over, and at the latest when any page of ours is opened here after its deadline and the time to send.
 */
type Copy = { interview: CandidateInterview; savedAt: string };

const storageKey = (interviewId: string): string => `fairtake.interview.${interviewId}`;

/** Only while there is something to go on with: nobody's questions stay on a shared computer for longer. */
export function keepInterview(interview: CandidateInterview, now: Date = new Date()): void {
  const { interviewId, state, consent } = interview;
  if (state !== 'started' || !consent.given) return forgetInterview(interviewId);
  const copy: Copy = { interview, savedAt: now.toISOString() };
  try {
    localStorage.setItem(storageKey(interviewId), JSON.stringify(copy));
    noteEnd(interview);
  } catch {
    // Storage is forbidden or full: a reload needs the network then.
  }
}

export function forgetInterview(interviewId: string): void {
  try {
    localStorage.removeItem(storageKey(interviewId));
  } catch {
    // Where nothing can be stored nothing has to be forgotten.
  }
}

/**
 * The copy, its server time moved on by this device's clock: for showing only, the server decides once it is reached.
 * Null when there is none.
 */
export function keptInterview(interviewId: string, now: Date = new Date()): CandidateInterview | null {
  try {
    const copy = JSON.parse(localStorage.getItem(storageKey(interviewId)) ?? 'null') as Copy | null;
    if (copy === null) return null;
    const passedMs = Math.max(0, now.getTime() - Date.parse(copy.savedAt));
    const serverNow = new Date(Date.parse(copy.interview.serverNow) + passedMs).toISOString();
    return { ...copy.interview, serverNow };
  } catch {
    return null;
  }
}
