import type { ErrorCode } from '@fairtake/contracts';
import { ApiProblem, NetworkFault } from '../api/api-client';
import { openHandOff } from './hand-off/hand-off-api';
import { handOffToken } from './hand-off/hand-off-link';
import { openInvitation, readInterview } from './interview-api';
import { forgetInterview, keptInterview } from './kept-interview';
import { leaveNothing, sweepOld } from './left-behind';
import { sawNoAnswer } from './recording/online';
import { canRecord } from './recording-support';
import { parsePath, pathOf, type Step } from './steps';
import type { CandidateInterview } from '@fairtake/contracts';

/** Why there is no interview to show. `expiredAt` only for a genuine link whose time is over. */
export type Trouble = {
  code: ErrorCode | 'network';
  expiredAt?: string;
  /** What became of asking for more time, with an expired link. */
  timeRequest?: 'asked' | 'declined';
  requestId?: string;
};

export type Arrival =
  | { state: 'loading' }
  | { state: 'trouble'; trouble: Trouble }
  /** A code for another device was opened where nothing can be recorded. It was not used. */
  | { state: 'unfit' }
  | { state: 'ready'; interview: CandidateInterview; step: Step };

/**
 * The secret of an invitation or of a hand-off, if the address carries one. It leaves the address bar and the history entry at once and
 * is kept in memory only, so neither a screenshot nor a shared computer's history shows it.
 */
export function takeToken(): string | null {
  const { hash, pathname, search } = window.location;
  // A full stop or bracket that a mail program glued to the link does no harm.
  const token = /^#((?:h\.)?[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/.exec(hash)?.[1] ?? null;
  if (hash.length > 1) window.history.replaceState(null, '', pathname + search);
  return token;
}

/** Finds the interview this page is about, by the link's secret or by the session of an earlier visit. */
export async function arrive(token: string | null): Promise<Arrival> {
  const place = parsePath(window.location.pathname);
  void sweepOld();
  try {
    if (token !== null) {
      const code = handOffToken(token);
      // A code works once, and many phones open what they scan in an app's own browser.
      if (code !== null && !canRecord()) return { state: 'unfit' };
      const { interviewId } = await (code === null ? openInvitation(token) : openHandOff(code));
      const interview = await readInterview(interviewId);
      const step: Step = { name: code !== null && interview.consent.given ? 'check' : 'welcome' };
      window.history.replaceState(null, '', pathOf(interviewId, step));
      return { state: 'ready', interview, step };
    }
    if (!place) return { state: 'trouble', trouble: { code: 'link_unknown' } };
    return { state: 'ready', interview: await readInterview(place.interviewId), step: place.step };
  } catch (error) {
    const kept = place && token === null ? keptAfter(error, place.interviewId) : null;
    if (place && kept) return { state: 'ready', interview: kept, step: place.step };
    return { state: 'trouble', trouble: troubleOf(error) };
  }
}

/** Without an answer the page goes on with what this device keeps of the interview; a refusal ends that. */
function keptAfter(error: unknown, interviewId: string): CandidateInterview | null {
  if (error instanceof ApiProblem && error.status < 500) forgetInterview(interviewId);
  // Erased: nothing of it is left on the server either.
  if (error instanceof ApiProblem && error.code === 'not_found') void leaveNothing(interviewId);
  const unanswered = error instanceof NetworkFault || (error instanceof ApiProblem && error.status >= 500);
  const kept = unanswered ? keptInterview(interviewId) : null;
  if (kept) sawNoAnswer();
  return kept;
}

/** What a failed call means to the person. Anything unforeseen is our fault and says so. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof NetworkFault) return { code: 'network' };
  if (!(error instanceof ApiProblem)) return { code: 'internal' };
  const { code, expiredAt, timeRequest, requestId } = error.problem;
  return { code, ...(expiredAt ? { expiredAt } : {}), ...(timeRequest ? { timeRequest } : {}), requestId };
}
