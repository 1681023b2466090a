import type { PositionView } from '@fairtake/contracts';
import { noAdjustment } from '@fairtake/domain';
import { v7 as uuidv7 } from 'uuid';
import { refuses } from '../abuse';
import { CandidateClient } from '../candidate-client';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

/** Hostile requests about limits, deadlines and faults. */
let service: TestApp;
let world: World;
let position: PositionView;
let candidate: CandidateClient;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  const recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({
    adjustmentPolicy: 'ask',
    adjustmentKinds: ['answer_time'],
    reviewerIds: [people.assigned.memberId],
  });
  candidate = await recruiter.candidate(position.positionId);
});
afterAll(() => service?.close());

const choose = (part: object) => ({
  ...{ method: 'POST', path: `${candidate.path}/adjustments`, cookies: candidate.cookies },
  body: { ...noAdjustment, ...part },
});
const byRecruiter = (method: string, path: string, body: unknown) => ({
  ...{ method, path: `/api/v1/interviews/${path}`, cookies: [world.ours.people.recruiter.cookie] },
  body,
});
const interview = (): string => world.ours.interview.interviewId;
const adjustment = (over = world.ours.requests.adjustmentRequestId): string =>
  `${interview()}/adjustment-requests/${over}/decision`;
const time = (over = world.ours.requests.timeRequestId): string =>
  `${interview()}/time-requests/${over}/decision`;
const soon = '2085-01-01T00:00:00Z';

describe('a candidate is refused', () => {
  refuses(
    () => service,
    [
      ['ten times the time', () => choose({ answerFactor: 10 }), 400, 'body_invalid'],
      ['less than the time', () => choose({ thinkFactor: 0.1 }), 400, 'body_invalid'],
      ['no limit to answer', () => choose({ answerFactor: null }), 400, 'body_invalid'],
      ['a hundred tries', () => choose({ extraTakes: 100 }), 400, 'body_invalid'],
      ['tries taken away', () => choose({ extraTakes: -1 }), 400, 'body_invalid'],
      ['a state of its own', () => choose({ state: 'granted' }), 400, 'body_invalid'],
      ['what is not offered', () => choose({ extraTakes: 1 }), 409, 'adjustment_not_offered'],
      [
        'what is not offered, beside what is',
        () => choose({ answerFactor: 2, audioOnly: true }),
        409,
        'adjustment_not_offered',
      ],
      [
        'more time without a deadline',
        () => ({ method: 'POST', path: `${candidate.path}/time-requests`, cookies: candidate.cookies }),
        409,
        'state_conflict',
      ],
      [
        'a fault nobody knows',
        () => ({
          ...{
            method: 'POST',
            path: `${candidate.path}/takes/${uuidv7()}/return`,
            cookies: candidate.cookies,
          },
          body: { reason: 'no_media' },
        }),
        400,
        'body_invalid',
      ],
      [
        "salvage of another candidate's take",
        () => ({
          ...{ method: 'POST', cookies: candidate.cookies },
          path: `${candidate.path}/takes/${world.ours.takes.open.takeId}/salvage`,
          body: { durationMs: null },
        }),
        404,
        'not_found',
      ],
      [
        'salvage longer than any answer',
        () => ({
          ...{
            method: 'POST',
            path: `${candidate.path}/takes/${uuidv7()}/salvage`,
            cookies: candidate.cookies,
          },
          body: { durationMs: 1e12 },
        }),
        400,
        'body_invalid',
      ],
      [
        'more time by a link that never was',
        () => ({ method: 'POST', path: '/api/v1/candidate/time-requests', body: { token: 'A'.repeat(43) } }),
        404,
        'link_unknown',
      ],
    ],
  );
});

describe('a recruiter is refused', () => {
  refuses(
    () => service,
    [
      [
        'more than was asked',
        () => byRecruiter('POST', adjustment(), { granted: { ...noAdjustment, extraTakes: 2 } }),
        400,
        'body_invalid',
      ],
      [
        'a request that never was',
        () => byRecruiter('POST', adjustment(uuidv7()), { granted: null }),
        404,
        'not_found',
      ],
      [
        "another organisation's request",
        () => byRecruiter('POST', adjustment(world.theirs.requests.adjustmentRequestId), { granted: null }),
        404,
        'not_found',
      ],
      [
        "another organisation's request for time",
        () => byRecruiter('POST', time(world.theirs.requests.timeRequestId), { until: soon }),
        404,
        'not_found',
      ],
      [
        'a request of one kind as the other',
        () => byRecruiter('POST', time(world.ours.requests.adjustmentRequestId), { until: soon }),
        404,
        'not_found',
      ],
      [
        'time in the past',
        () => byRecruiter('POST', time(), { until: '2020-01-01T00:00:00Z' }),
        400,
        'body_invalid',
      ],
      [
        'a deadline that is no date',
        () => byRecruiter('PUT', `${interview()}/deadline`, { deadlineAt: 'soon' }),
        400,
        'body_invalid',
      ],
      [
        'no deadline at all',
        () => byRecruiter('PUT', `${interview()}/deadline`, { deadlineAt: null }),
        400,
        'body_invalid',
      ],
      [
        "another organisation's interview",
        () => byRecruiter('PUT', `${world.theirs.interview.interviewId}/deadline`, { deadlineAt: soon }),
        404,
        'not_found',
      ],
      [
        'a deadline for what was sent',
        () => byRecruiter('PUT', `${world.ours.sentInterview.interviewId}/deadline`, { deadlineAt: soon }),
        409,
        'state_conflict',
      ],
    ],
  );
});
