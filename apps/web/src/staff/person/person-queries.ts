import type { AdjustmentChoice, InterviewPerson } from '@fairtake/contracts';
import { queryOptions } from '@tanstack/react-query';
import { requestJson } from '../../api/api-client';

/** One candidate's time, adjustments and technical events. */
export const personQuery = (interviewId: string) =>
  queryOptions({
    queryKey: ['person', interviewId],
    queryFn: ({ signal }) => requestJson<InterviewPerson>(`/interviews/${interviewId}/person`, { signal }),
  });

/** What a recruiter may decide in the panel. */
export type Decision =
  | { kind: 'adjustment'; requestId: string; granted: AdjustmentChoice | null }
  | { kind: 'time'; requestId: string; until: string | null }
  | { kind: 'deadline'; deadlineAt: string };

export function decide(interviewId: string, decision: Decision): Promise<InterviewPerson> {
  const base = `/interviews/${interviewId}`;
  switch (decision.kind) {
    case 'adjustment': {
      const { requestId, granted } = decision;
      const body = { granted };
      return requestJson(`${base}/adjustment-requests/${requestId}/decision`, { method: 'POST', body });
    }
    case 'time': {
      const { requestId, until } = decision;
      return requestJson(`${base}/time-requests/${requestId}/decision`, { method: 'POST', body: { until } });
    }
    case 'deadline':
      return requestJson(`${base}/deadline`, { method: 'PUT', body: { deadlineAt: decision.deadlineAt } });
  }
}
