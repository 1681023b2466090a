import { candidateRoute, everyone } from '../actors';
import type { MatrixRow } from '../authorisation-matrix';
import type { World } from '../world';

const base = '/api/v1/candidate/interviews/:interviewId';
const ofInterview = ({ ours }: World) => ({ interviewId: ours.interview.interviewId });
const ofTake = (world: World) => ({
  ...ofInterview(world),
  takeId: world.ours.takes.finalised.takeId,
});

/** A candidate's devices, recordings and data: nobody's but their own. */
export const ownRows: Record<string, MatrixRow> = {
  // Whoever holds the code is the candidate.
  'POST /api/v1/candidate/hand-off-session': {
    bearer: true,
    outcome: everyone(200),
    body: ({ ours }) => ({
      token: ours.handOffToken,
      exchangeId: '01890000-0000-7000-8000-000000000002',
    }),
  },
  [`POST ${base}/hand-off-codes`]: { outcome: candidateRoute(201), params: ofInterview },
  [`GET ${base}/devices`]: { outcome: candidateRoute(200), params: ofInterview },
  [`PUT ${base}/device`]: {
    outcome: candidateRoute(200),
    params: ofInterview,
    body: ({ ours }) => ({ takeOver: false, questionId: ours.questionId, recording: false }),
  },
  [`GET ${base}/my-data`]: { outcome: candidateRoute(200), params: ofInterview },
  [`GET ${base}/progress`]: { outcome: candidateRoute(200), params: ofInterview },
  [`GET ${base}/deadline.ics`]: {
    outcome: candidateRoute(200),
    params: ofInterview,
    query: () => ({ locale: 'en' }),
  },
  [`POST ${base}/withdraw`]: {
    outcome: candidateRoute(204),
    params: ofInterview,
    body: () => ({ confirm: 'withdraw' }),
  },
  [`GET ${base}/takes/:takeId/media`]: { outcome: candidateRoute(200), params: ofTake },
  'GET /media/own/:interviewId/takes/:takeId/segments/:segment': {
    outcome: candidateRoute(200),
    params: (world) => ({ ...ofTake(world), segment: '0' }),
  },
};
