import { noAdjustment } from '@fairtake/domain';
import { staffRoute } from '../actors';
import type { MatrixRow } from '../authorisation-matrix';
import { positionDraft } from '../position-draft';
import type { World } from '../world';

const recruiting = (status: number, foreign: number) =>
  staffRoute({ admin: status, recruiter: status }, foreign);
const ofPosition = ({ ours }: World) => ({ positionId: ours.positionId });
const ofDraft = ({ ours }: World) => ({ positionId: ours.draftPosition.positionId });
const ofInterview = ({ ours }: World) => ({ interviewId: ours.otherInterview.interviewId });

/** Positions, invitations, board and compare. */
export const recruitingRows: Record<string, MatrixRow> = {
  'GET /api/v1/positions': { outcome: recruiting(200, 200) },
  'POST /api/v1/positions': { outcome: recruiting(201, 201), body: () => positionDraft() },
  'GET /api/v1/positions/:positionId': { outcome: recruiting(200, 404), params: ofPosition },
  'PUT /api/v1/positions/:positionId': {
    outcome: recruiting(200, 404),
    params: ofDraft,
    headers: ({ ours }) => ({ 'if-match': `"${ours.draftPosition.version}"` }),
    body: () => positionDraft(),
  },
  'POST /api/v1/positions/:positionId/publish': { outcome: recruiting(200, 404), params: ofDraft },
  'POST /api/v1/positions/:positionId/close': { outcome: recruiting(200, 404), params: ofPosition },
  'POST /api/v1/positions/:positionId/reopen': {
    outcome: recruiting(200, 404),
    params: ({ ours }) => ({ positionId: ours.closedPositionId }),
  },
  'POST /api/v1/positions/:positionId/invitations': {
    outcome: recruiting(201, 404),
    params: ofPosition,
    body: () => ({ name: 'New', email: 'new@example.org', locale: 'en' }),
  },
  'GET /api/v1/positions/:positionId/interviews': { outcome: recruiting(200, 404), params: ofPosition },
  'GET /api/v1/positions/:positionId/compare': {
    outcome: recruiting(200, 404),
    params: ofPosition,
    query: ({ ours }) => ({
      interviews: [ours.sentInterview.interviewId, ours.interview.interviewId].join(','),
    }),
  },
  'POST /api/v1/interviews/:interviewId/invitation': { outcome: recruiting(200, 404), params: ofInterview },
  'DELETE /api/v1/interviews/:interviewId/invitation': {
    outcome: recruiting(204, 404),
    params: ofInterview,
  },
  'GET /api/v1/interviews/:interviewId/person': { outcome: recruiting(200, 404), params: ofInterview },
  'PUT /api/v1/interviews/:interviewId/deadline': {
    outcome: recruiting(200, 404),
    params: ofInterview,
    body: () => ({ deadlineAt: '2090-01-01T00:00:00Z' }),
  },
  'POST /api/v1/interviews/:interviewId/adjustment-requests/:requestId/decision': {
    outcome: recruiting(200, 404),
    params: ({ ours }) => ({
      interviewId: ours.interview.interviewId,
      requestId: ours.requests.adjustmentRequestId,
    }),
    body: () => ({ granted: { ...noAdjustment, answerFactor: 1.5 } }),
  },
  'POST /api/v1/interviews/:interviewId/time-requests/:requestId/decision': {
    outcome: recruiting(200, 404),
    params: ({ ours }) => ({
      interviewId: ours.interview.interviewId,
      requestId: ours.requests.timeRequestId,
    }),
    body: () => ({ until: '2090-01-01T00:00:00Z' }),
  },
  'PUT /api/v1/interviews/:interviewId/shortlist': {
    outcome: recruiting(200, 404),
    params: ({ ours }) => ({ interviewId: ours.sentInterview.interviewId }),
    body: () => ({ shortlisted: true }),
  },
};
