import { staffRoute } from '../actors';
import type { MatrixRow } from '../authorisation-matrix';
import type { World } from '../world';

/** Scoring belongs to whoever an answer was assigned to, whatever their role. */
const assignedOnly = staffRoute({ admin: 404, recruiter: 404, assigned: 200, unassigned: 404 }, 404);
/** Watching also to recruiters and admins. */
const watching = (status: number) =>
  staffRoute({ admin: status, recruiter: status, assigned: status, unassigned: 404 }, 404);
const ofAnswer = ({ ours }: World) => ({ answerId: ours.answerId });
const inGeneration = (more: Record<string, string> = {}) => ({
  outcome: watching(200),
  params: ({ ours }: World) => ({ answerId: ours.answerId, generation: '1', ...more }),
});

/** Review and media. */
export const reviewingRows: Record<string, MatrixRow> = {
  'GET /api/v1/review/batches': { outcome: staffRoute({ admin: 200, recruiter: 200, reviewer: 200 }, 200) },
  'GET /api/v1/review/rounds/:roundId/questions/:questionId': {
    outcome: assignedOnly,
    params: ({ ours }) => ({ roundId: ours.roundId, questionId: ours.questionId }),
  },
  'GET /api/v1/answers/:answerId/review': { outcome: assignedOnly, params: ofAnswer },
  'PUT /api/v1/answers/:answerId/review': {
    outcome: assignedOnly,
    params: ofAnswer,
    body: ({ ours }) => ({ rubricId: ours.rubricId, version: 1, scores: [], comments: [] }),
  },
  'POST /api/v1/answers/:answerId/review/submit': {
    outcome: assignedOnly,
    params: ofAnswer,
    body: () => ({ version: 1 }),
  },
  'POST /api/v1/answers/:answerId/playbacks': {
    outcome: watching(204),
    params: ofAnswer,
    body: () => ({ playbackId: '01890000-0000-7000-8000-000000000002', generation: 1 }),
  },
  'GET /media/answers/:answerId/:generation/playlists/:playlist': inGeneration({ playlist: 'source.m3u8' }),
  'GET /media/answers/:answerId/:generation/chunks/:segment/:index': inGeneration({
    segment: '0',
    index: '0',
  }),
  'GET /media/answers/:answerId/:generation/renditions/:kind': inGeneration({ kind: 'progressive' }),
  'GET /media/answers/:answerId/:generation/poster.jpg': inGeneration(),
  'GET /media/answers/:answerId/:generation/file': {
    outcome: watching(200),
    params: ({ ours }) => ({ answerId: ours.responses.fileAnswerId, generation: '1' }),
  },
};
