import { createHash } from 'node:crypto';
import { noAdjustment } from '@fairtake/domain';
import { candidateRoute, everyone } from '../actors';
import type { MatrixRow } from '../authorisation-matrix';
import type { World } from '../world';

const base = '/api/v1/candidate/interviews/:interviewId';
const ofInterview = ({ ours }: World) => ({ interviewId: ours.interview.interviewId });
const ofTake =
  (takeId: (world: World) => string) =>
  (world: World): Record<string, string> => ({ ...ofInterview(world), takeId: takeId(world) });
const ofText = (world: World) => ({
  ...ofInterview(world),
  questionId: world.ours.responses.textQuestionId,
});
const ofFile = (world: World) => ({ ...ofInterview(world), fileId: world.ours.responses.openFileId });
const open = ({ ours }: World): string => ours.takes.open.takeId;
const finalised = ({ ours }: World): string => ours.takes.finalised.takeId;

/** The interview and its takes: nobody but its own candidate. */
export const candidateRows: Record<string, MatrixRow> = {
  // Whoever holds the link is the candidate.
  'POST /api/v1/candidate/session': {
    bearer: true,
    outcome: everyone(200),
    body: ({ ours }) => ({ token: ours.interview.invitationToken }),
  },
  [`GET ${base}`]: { outcome: candidateRoute(200), params: ofInterview },
  [`POST ${base}/consent`]: {
    outcome: candidateRoute(200),
    params: ofInterview,
    body: ({ ours }) => ({ noticeId: ours.noticeId, locale: 'en' }),
  },
  [`POST ${base}/questions/:questionId/open`]: {
    outcome: candidateRoute(200),
    params: (world) => ({ ...ofInterview(world), questionId: world.ours.questionId }),
  },
  [`POST ${base}/adjustments`]: {
    outcome: candidateRoute(200),
    params: ofInterview,
    body: () => ({ ...noAdjustment, answerFactor: 2 }),
  },
  [`POST ${base}/time-requests`]: {
    outcome: candidateRoute(200),
    params: (world) => ({ interviewId: world.ours.interview.interviewId }),
  },
  // An expired link still proves who asks.
  'POST /api/v1/candidate/time-requests': {
    bearer: true,
    outcome: everyone(200),
    body: ({ ours }) => ({ token: ours.interview.invitationToken }),
  },
  [`POST ${base}/submit`]: { outcome: candidateRoute(200), params: ofInterview },
  [`PUT ${base}/takes/:takeId`]: {
    outcome: candidateRoute(200),
    params: ofTake(() => '01890000-0000-7000-8000-000000000001'),
    body: ({ ours }) => ({
      ...{ questionId: ours.questionId, recorder: 'baseline', mimeType: 'video/mp4' },
      takeOver: true,
    }),
  },
  [`GET ${base}/takes/:takeId`]: { outcome: candidateRoute(200), params: ofTake(open) },
  [`PUT ${base}/takes/:takeId/segments/:segment/chunks/:index`]: {
    takesBytes: true,
    outcome: candidateRoute(201),
    params: (world) => ({ ...ofTake(open)(world), segment: '0', index: '0' }),
    headers: ({ ours }) => ({
      'content-type': 'application/octet-stream',
      'content-digest': `sha-256=:${createHash('sha256').update('chunk').digest('base64')}:`,
      'fairtake-lease': ours.takes.open.lease,
    }),
    body: () => 'chunk',
  },
  [`GET ${base}/questions/:questionId/response`]: { outcome: candidateRoute(200), params: ofText },
  [`PUT ${base}/questions/:questionId/response`]: {
    outcome: candidateRoute(200),
    params: ofText,
    headers: () => ({ 'if-match': '"1"' }),
    body: () => ({ content: { kind: 'text', text: 'Other words' } }),
  },
  [`POST ${base}/questions/:questionId/response/keep`]: {
    outcome: candidateRoute(200),
    params: ofText,
    body: () => ({ revision: 1 }),
  },
  [`PUT ${base}/files/:fileId`]: {
    outcome: candidateRoute(200),
    params: (world) => ({ ...ofInterview(world), fileId: '01890000-0000-7000-8000-000000000004' }),
    body: ({ ours }) => ({ questionId: ours.responses.fileQuestionId, name: 'work.pdf', sizeBytes: 9 }),
  },
  [`PUT ${base}/files/:fileId/pieces/:index`]: {
    takesBytes: true,
    // The very bytes that are held: told again that they are.
    outcome: candidateRoute(200),
    params: (world) => ({ ...ofFile(world), index: '0' }),
    headers: ({ ours }) => ({
      'content-type': 'application/octet-stream',
      'content-digest': `sha-256=:${createHash('sha256').update(`file ${ours.canary}`).digest('base64')}:`,
    }),
    body: ({ ours }) => `file ${ours.canary}`,
  },
  [`POST ${base}/files/:fileId/finish`]: {
    outcome: candidateRoute(200),
    params: ofFile,
    body: ({ ours }) => ({ sha256: ours.responses.openFileManifest }),
  },
  [`PUT ${base}/probes/:probeId/chunks/:index`]: {
    takesBytes: true,
    outcome: candidateRoute(201),
    params: (world) => ({
      ...ofInterview(world),
      ...{ probeId: '01890000-0000-7000-8000-000000000002', index: '0' },
    }),
    headers: () => ({
      'content-type': 'application/octet-stream',
      'content-digest': `sha-256=:${createHash('sha256').update('probe').digest('base64')}:`,
    }),
    body: () => 'probe',
  },
  [`DELETE ${base}/probes/:probeId`]: {
    outcome: candidateRoute(204),
    params: (world) => ({ ...ofInterview(world), probeId: '01890000-0000-7000-8000-000000000003' }),
  },
  [`POST ${base}/takes/:takeId/finalise`]: {
    outcome: candidateRoute(200),
    params: ofTake(finalised),
    body: ({ ours }) => ours.takes.finalised.manifest,
  },
  [`POST ${base}/takes/:takeId/salvage`]: {
    outcome: candidateRoute(200),
    params: ofTake(finalised),
    body: () => ({ durationMs: null }),
  },
  [`POST ${base}/takes/:takeId/keep`]: { outcome: candidateRoute(200), params: ofTake(finalised) },
  [`POST ${base}/takes/:takeId/return`]: {
    outcome: candidateRoute(200),
    params: ofTake(open),
    body: () => ({ reason: 'device_lost' }),
  },
};
