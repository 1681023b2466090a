import type { InterviewProgress, OwnData, OwnTakeMedia, WithdrawInterview } from '@fairtake/contracts';
import { requestJson } from '../../api/api-client';

const of = (interviewId: string): string => `/candidate/interviews/${interviewId}`;

export const readOwnData = (interviewId: string): Promise<OwnData> =>
  requestJson(`${of(interviewId)}/my-data`);

export const readProgress = (interviewId: string): Promise<InterviewProgress> =>
  requestJson(`${of(interviewId)}/progress`);

export const readOwnTake = (interviewId: string, takeId: string): Promise<OwnTakeMedia> =>
  requestJson(`${of(interviewId)}/takes/${takeId}/media`);

/** Ends the interview for good. */
export function withdrawInterview(interviewId: string): Promise<void> {
  const body: WithdrawInterview = { confirm: 'withdraw' };
  return requestJson(`${of(interviewId)}/withdraw`, { method: 'POST', body });
}
