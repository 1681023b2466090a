import type {
  CandidateAnswer,
  CandidateInterview,
  OpenInvitation,
  OpenedInvitation,
  SubmittedInterview,
  FinalisedTake,
  GiveConsent,
} from '@fairtake/contracts';
import type * as z from 'zod';
import { requestJson } from '../api/api-client';

const base = '/candidate';

/** Exchanges the secret of the link for a session cookie of this interview. */
export function openInvitation(token: string): Promise<z.infer<typeof OpenedInvitation>> {
  const body: z.infer<typeof OpenInvitation> = { token };
  return requestJson(`${base}/session`, { method: 'POST', body });
}

export function readInterview(interviewId: string): Promise<CandidateInterview> {
  return requestJson(`${base}/interviews/${interviewId}`);
}

export function giveConsent(
  interviewId: string,
  body: z.infer<typeof GiveConsent>,
): Promise<CandidateInterview> {
  return requestJson(`${base}/interviews/${interviewId}/consent`, { method: 'POST', body });
}

/** Starts the think time on the server's clock; again is harmless. */
export function openQuestion(interviewId: string, questionId: string): Promise<CandidateAnswer> {
  return requestJson(`${base}/interviews/${interviewId}/questions/${questionId}/open`, { method: 'POST' });
}

/** Makes a received take the answer. When the position sends by itself, the last one also submits. */
export function keepTake(interviewId: string, takeId: string): Promise<CandidateAnswer> {
  return requestJson(`${base}/interviews/${interviewId}/takes/${takeId}/keep`, { method: 'POST' });
}

/**
 * Closes an unfinished take with what arrived of it: for a device that has no copy, and knows nothing of its length.
 *
 * @throws ApiProblem `nothing_to_salvage` when nothing of it can be played
 */
export function salvageTake(interviewId: string, takeId: string): Promise<FinalisedTake> {
  const path = `${base}/interviews/${interviewId}/takes/${takeId}/salvage`;
  return requestJson(path, { method: 'POST', body: { durationMs: null } });
}

export function submitInterview(interviewId: string): Promise<z.infer<typeof SubmittedInterview>> {
  return requestJson(`${base}/interviews/${interviewId}/submit`, { method: 'POST' });
}
