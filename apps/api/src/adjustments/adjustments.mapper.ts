import type { AdjustmentChoice, AdjustmentRequest, CandidateAdjustments } from '@fairtake/contracts';
import type { AdjustmentRequestRow, InterviewRow } from '@fairtake/database';
import { noAdjustment } from '@fairtake/domain';

/** Adjustments as their candidate sees them. A request they took back is no longer spoken of. */
export function candidateAdjustments(
  interview: InterviewRow,
  granted: AdjustmentChoice | null,
  requests: readonly AdjustmentRequestRow[],
): CandidateAdjustments {
  return {
    policy: interview.adjustmentPolicy,
    offered: interview.adjustmentKinds,
    granted: granted ?? noAdjustment,
    request: adjustmentRequests(requests)[0] ?? null,
  };
}

/** What was asked and not taken back, newest first. */
export const adjustmentRequests = (rows: readonly AdjustmentRequestRow[]): AdjustmentRequest[] =>
  rows.flatMap(({ id, state, wanted, askedAt, decidedAt }) =>
    state === 'withdrawn'
      ? []
      : [
          {
            requestId: id,
            state,
            wanted,
            askedAt: askedAt.toISOString(),
            decidedAt: decidedAt?.toISOString() ?? null,
          },
        ],
  );
