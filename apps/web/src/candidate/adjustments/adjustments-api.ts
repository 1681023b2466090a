import type { AdjustmentChoice, CandidateInterview, TimeRequestView } from '@fairtake/contracts';
import { requestJson } from '../../api/api-client';

/** Applies a choice, or asks for what needs leave. */
export function chooseAdjustments(interviewId: string, body: AdjustmentChoice): Promise<CandidateInterview> {
  return requestJson(`/candidate/interviews/${interviewId}/adjustments`, { method: 'POST', body });
}

/** Asks for a later deadline; again is harmless. */
export function askForTime(interviewId: string): Promise<TimeRequestView> {
  return requestJson(`/candidate/interviews/${interviewId}/time-requests`, { method: 'POST' });
}

/** The same from a link that has expired, and opens no session any more. */
export function askForTimeByLink(token: string): Promise<TimeRequestView> {
  return requestJson('/candidate/time-requests', { method: 'POST', body: { token } });
}
