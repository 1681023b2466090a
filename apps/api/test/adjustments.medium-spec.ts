import {
  limits,
  type AdjustmentChoice,
  type CandidateInterview,
  type InterviewPerson,
  type PositionView,
  type TakeLease,
} from '@fairtake/contracts';
import { noAdjustment } from '@fairtake/domain';
import { OverdueInterviewsService } from '../src/candidate/overdue-interviews.service';
import { hashToken, newToken } from '../src/security/tokens';
import { expectProblem } from './abuse';
import { CandidateClient } from './candidate-client';
import type { HttpReply } from './http-client';
import { questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type Person } from './world';

let service: TestApp;
let recruiter: RecruitingClient;
let positions: Record<'self_service' | 'ask', PositionView>;
let candidate: CandidateClient;
let organisationId: string;
let member: Person;

const hour = 3_600_000;
const pauseMaxMs = limits.adjustmentPauseMaxHours * hour;

beforeAll(async () => {
  service = await startTestApp();
  const { people, ...ours } = (await buildWorld(service.database)).ours;
  organisationId = ours.organisationId;
  member = people.recruiter;
  await signIn();
  const open = (adjustmentPolicy: 'self_service' | 'ask'): Promise<PositionView> =>
    recruiter.openPosition({
      adjustmentPolicy,
      adjustmentKinds: ['think_time', 'answer_time', 'extra_takes', 'audio_only', 'text_answers'],
      questions: [questionDraft({ thinkSeconds: 60, answerSeconds: 60, takes: 1 })],
      reviewerIds: [people.assigned.memberId],
    });
  positions = { self_service: await open('self_service'), ask: await open('ask') };
});
afterAll(() => service?.close());

/** The clock is moved by weeks here: the recruiter signs in whenever they come back. */
async function signIn(): Promise<void> {
  const token = newToken();
  const { accountId, memberId } = member;
  const expiresAt = new Date('2090-01-01');
  const session = { organisationId, accountId, memberId, tokenHash: hashToken(token), expiresAt };
  const sessionId = await service.database.ops.sessions.create(session);
  await service.database.ops.sessions.touch({ organisationId, sessionId }, { at: service.clock.now() });
  recruiter = new RecruitingClient(service.http, [`fairtake=${token}`]);
}

const arrive = async (policy: 'self_service' | 'ask'): Promise<void> => {
  service.clock.reset();
  await signIn();
  const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
  candidate = await recruiter.candidate(positions[policy].positionId, { deadlineAt });
};
const choose = (choice: Partial<AdjustmentChoice>): Promise<HttpReply> =>
  candidate.send('POST', '/adjustments', { body: { ...noAdjustment, ...choice } });
const person = async (): Promise<InterviewPerson> => {
  await signIn();
  return recruiter.person(candidate.interviewId);
};
const decide = async (granted: AdjustmentChoice | null): Promise<HttpReply> => {
  const { requestId } = (await person()).adjustmentRequests[0]!;
  const path = `adjustment-requests/${requestId}/decision`;
  return recruiter.send('POST', candidate.interviewId, path, { granted });
};
const deadlineMs = async (): Promise<number> => Date.parse((await candidate.show()).deadlineAt!);

describe('where candidates help themselves', () => {
  beforeEach(() => arrive('self_service'));

  it('applies to every limit at once', async () => {
    const shown = (
      await choose({ thinkFactor: 1.5, answerFactor: 2, extraTakes: 1, hideCountdown: true })
    ).json<CandidateInterview>();
    const [question] = shown.questions;
    expect(question).toMatchObject({
      ...{ thinkSeconds: 90, answerSeconds: 120, takes: 2, showCountdown: false },
    });
    expect(shown.adjustments).toMatchObject({ granted: { answerFactor: 2 }, request: null });
    expect(shown.deadlinePaused).toBe(false);
    // Issued ahead: the window leaves room for the longer answer.
    const { startBeforeAt, uploadsEndAt } = question!.window;
    expect(Date.parse(uploadsEndAt!) - Date.parse(startBeforeAt!)).toBe(
      (120 + limits.graceSeconds + limits.deadlineGraceSeconds) * 1000,
    );
    const take = (await candidate.openTake(question!.questionId)).json<TakeLease>();
    expect(take.limits.answerSeconds).toBe(120);
    expect(Date.parse(take.recordingEndsAt) - Date.parse(take.startedAt)).toBe(135_000);
    await candidate.return(take.takeId);
    await candidate.answer(question!.questionId);
    expect((await candidate.openTake(question!.questionId)).status).toBe(200);
    expectProblem(await candidate.openTake(question!.questionId), 409, 'takes_used_up');
  });

  it.each([
    [{ audioOnly: true }, 'audio'],
    [{ textAnswers: true }, 'text'],
  ] as const)('%j changes what is asked for', async (choice, kind) => {
    expect((await choose(choice)).json<CandidateInterview>().questions[0]!.kind).toBe(kind);
    expect((await choose({})).json<CandidateInterview>().questions[0]!.kind).toBe('video');
  });

  it('takes an answer in writing where speaking was asked for, and no recording', async () => {
    const questionId = positions.self_service.questions[0]!.questionId;
    await choose({ textAnswers: true });
    expectProblem(await candidate.openTake(questionId), 404, 'not_found');
    const path = `/questions/${questionId}/response`;
    await candidate.openQuestion(questionId);
    const saved = await candidate.send('PUT', path, {
      body: { content: { kind: 'text', text: 'I would tell the ward sister at once.' } },
      headers: { 'if-match': '"0"' },
    });
    expect(saved.status).toBe(200);
    expect((await candidate.send('POST', `${path}/keep`, { body: { revision: 1 } })).status).toBe(200);
    expect((await candidate.submit()).status).toBe(200);
  });

  it('offers only what the position allows', async () => {
    expectProblem(await choose({ questionsInAdvance: true }), 409, 'adjustment_not_offered');
    expect((await choose({ largerText: true, reducedMotion: true })).status).toBe(200);
  });

  it('is over with the deadline and with sending', async () => {
    service.clock.advance(hour + 1_000);
    expectProblem(await choose({ answerFactor: 2 }), 410, 'interview_over');
    expect((await choose({ largerText: true })).status).toBe(200);
    service.clock.reset();
    await candidate.answer(positions.self_service.questions[0]!.questionId);
    await candidate.submit();
    expectProblem(await choose({ largerText: true }), 409, 'interview_closed');
  });

  it('leaves an audit row that does not tell what was chosen', async () => {
    await choose({ textAnswers: true });
    const rows = await service.database.inOrganisation(organisationId, (tx) =>
      tx.em.query(
        `SELECT action, detail FROM audit_event WHERE subject_id = $1 AND action LIKE 'adjustment%'`,
        [candidate.interviewId],
      ),
    );
    expect(rows).toEqual([
      { action: 'adjustment.chosen', detail: expect.not.objectContaining({ textAnswers: true }) },
    ]);
  });
});

describe('where a recruiter is asked', () => {
  beforeEach(() => arrive('ask'));

  it('applies how the page looks at once, asks for the rest and pauses the deadline', async () => {
    const before = await deadlineMs();
    const shown = (await choose({ answerFactor: 2, largerText: true })).json<CandidateInterview>();
    expect(shown).toMatchObject({
      deadlinePaused: true,
      adjustments: { granted: { answerFactor: 1, largerText: true }, request: { state: 'asked' } },
    });
    service.clock.advance(5 * hour);
    expect(await deadlineMs()).toBeGreaterThan(before + 4 * hour);
    expect((await candidate.openTake(positions.ask.questions[0]!.questionId)).status).toBe(200);
  });

  it('grants a part, and gives the waiting back', async () => {
    const before = await deadlineMs();
    await choose({ answerFactor: 2, extraTakes: 2, reducedMotion: true });
    service.clock.advance(3 * hour);
    expect((await decide({ ...noAdjustment, answerFactor: 1.5 })).status).toBe(200);
    const shown = await candidate.show();
    expect(shown.deadlinePaused).toBe(false);
    expect(Date.parse(shown.deadlineAt!)).toBeGreaterThanOrEqual(before + 3 * hour);
    expect(Date.parse(shown.deadlineAt!)).toBeLessThan(before + 3 * hour + 60_000);
    expect(shown.questions[0]).toMatchObject({ answerSeconds: 90, takes: 1 });
    expect(shown.adjustments).toMatchObject({
      granted: { reducedMotion: true },
      request: { state: 'granted' },
    });
    // Everything that asks for the deadline knows the new one.
    service.clock.advance(hour / 2);
    expect((await candidate.openTake(positions.ask.questions[0]!.questionId)).status).toBe(200);
    service.clock.advance(hour);
    expectProblem(await candidate.openTake(positions.ask.questions[0]!.questionId), 410, 'interview_over');
  });

  it('declines, and gives the waiting back all the same', async () => {
    const before = await deadlineMs();
    await choose({ answerFactor: 2 });
    service.clock.advance(3 * hour);
    await decide(null);
    const shown = await candidate.show();
    expect(shown.adjustments).toMatchObject({ granted: noAdjustment, request: { state: 'declined' } });
    expect(Date.parse(shown.deadlineAt!)).toBeGreaterThanOrEqual(before + 3 * hour);
    expect((await decide(null)).status).toBe(409);
  });

  it('never pauses for longer than pauses may last, however often one asks', async () => {
    const before = await deadlineMs();
    for (let round = 0; round < 3; round += 1) {
      await choose({ answerFactor: 2 });
      service.clock.advance(pauseMaxMs / 2 - hour);
      await choose({});
    }
    expect(await deadlineMs()).toBeLessThanOrEqual(before + pauseMaxMs);
    expect(await deadlineMs()).toBeGreaterThan(before + pauseMaxMs - 60_000);
  });

  it('is not sent by the sweep while it waits, and is once the pause has run out', async () => {
    await candidate.answer(positions.ask.questions[0]!.questionId);
    await choose({ answerFactor: 2 });
    const sweep = () => service.app.get(OverdueInterviewsService).sweep();
    service.clock.advance(hour + 4 * hour);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
    service.clock.advance(pauseMaxMs);
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
  });

  it('takes a wish back, and one request stays one', async () => {
    await choose({ answerFactor: 2 });
    await choose({ answerFactor: 1.5 });
    expect(await person()).toMatchObject({
      adjustmentRequests: [{ state: 'asked', wanted: { answerFactor: 1.5 } }],
    });
    const shown = (await choose({})).json<CandidateInterview>();
    expect(shown).toMatchObject({ deadlinePaused: false, adjustments: { request: null } });
  });

  it('refuses to grant more than was asked', async () => {
    await choose({ answerFactor: 1.5 });
    expectProblem(await decide({ ...noAdjustment, answerFactor: 2 }), 400, 'body_invalid');
  });
});

describe('more time', () => {
  const askByLink = (token: string) =>
    service.http.post('/api/v1/candidate/time-requests', { body: { token } });
  let token: string;

  beforeEach(async () => {
    service.clock.reset();
    await signIn();
    const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
    ({ token } = await recruiter.invite(positions.ask.positionId, { deadlineAt }));
    candidate = await CandidateClient.arrive(service.http, token);
    await candidate.consent();
  });

  const decideOn = (requestId: string, until: string | null): Promise<HttpReply> =>
    recruiter.send('POST', candidate.interviewId, `time-requests/${requestId}/decision`, { until });
  const decideTime = async (until: string | null): Promise<HttpReply> =>
    decideOn((await person()).timeRequests[0]!.requestId, until);
  const open = () => service.http.post('/api/v1/candidate/session', { body: { token } });

  it('is asked for from an expired link, granted, and in force everywhere at once', async () => {
    service.clock.advance(hour + 1_000);
    expectProblem(await open(), 410, 'link_expired');
    expect((await askByLink(token)).json()).toMatchObject({ state: 'asked', grantedUntil: null });
    expect((await open()).json()).toMatchObject({ code: 'link_expired', timeRequest: 'asked' });
    const until = new Date(service.clock.now().getTime() + 24 * hour).toISOString();
    expect((await decideTime(until)).json()).toMatchObject({ deadlineAt: until });
    expect((await open()).status).toBe(200);
    expect(await candidate.show()).toMatchObject({
      deadlineAt: until,
      timeRequest: { state: 'granted', grantedUntil: until },
    });
    expect((await candidate.openTake(positions.ask.questions[0]!.questionId)).status).toBe(200);
  });

  it('is told of when it was declined', async () => {
    service.clock.advance(hour + 1_000);
    await askByLink(token);
    await decideTime(null);
    expect((await open()).json()).toMatchObject({ code: 'link_expired', timeRequest: 'declined' });
  });

  it('answers unknown and revoked links alike', async () => {
    await recruiter.send('DELETE', candidate.interviewId, 'invitation');
    const replies = [await askByLink(token), await askByLink('A'.repeat(43))];
    const told = replies.map((reply) => ({ ...reply.json<Record<string, unknown>>(), requestId: '' }));
    expect(told[0]).toEqual(told[1]);
    expectProblem(replies[0]!, 404, 'link_unknown');
  });

  it('is one open request, whoever asks how often, and only so many', async () => {
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => candidate.send('POST', '/time-requests')),
    );
    expect(new Set(replies.map((reply) => reply.json<{ requestId: string }>().requestId)).size).toBe(1);
    for (let asked = 1; asked < limits.timeRequestsMax; asked += 1) {
      await decideTime(null);
      await candidate.send('POST', '/time-requests');
    }
    await decideTime(null);
    expectProblem(await candidate.send('POST', '/time-requests'), 409, 'time_requests_used_up');
  });

  it('holds the sending back for a while', async () => {
    await candidate.answer(positions.ask.questions[0]!.questionId);
    await candidate.send('POST', '/time-requests');
    const { requestId } = (await person()).timeRequests[0]!;
    const sweep = () => service.app.get(OverdueInterviewsService).sweep();
    service.clock.advance(24 * hour);
    await sweep();
    expect((await candidate.show()).state).toBe('started');
    service.clock.advance(limits.timeRequestHoldHours * hour);
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
    // Sent as it is: what was asked is no question any more.
    expect((await person()).timeRequests).toEqual([]);
    expectProblem(await decideOn(requestId, '2090-01-01T00:00:00Z'), 409, 'state_conflict');
  });

  it('can be given without being asked, never in the past, and not to somebody who has sent', async () => {
    const set = (deadlineAt: string) =>
      recruiter.send('PUT', candidate.interviewId, 'deadline', { deadlineAt });
    expectProblem(await set('2020-01-01T00:00:00Z'), 400, 'body_invalid');
    expect((await set('2090-01-01T00:00:00Z')).json()).toMatchObject({
      deadlineAt: '2090-01-01T00:00:00.000Z',
    });
    await candidate.answer(positions.ask.questions[0]!.questionId);
    await candidate.submit();
    expectProblem(await set('2091-01-01T00:00:00Z'), 409, 'state_conflict');
  });
});
