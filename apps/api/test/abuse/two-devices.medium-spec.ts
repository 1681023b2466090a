import type { PositionView, TakeLease } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts';
import { expectProblem } from '../abuse';
import { CandidateClient, recording } from '../candidate-client';
import type { HttpReply } from '../http-client';
import { questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld } from '../world';
import { manifestOf } from '../world-interviews';

/** I11, and the end of an interview: what one device of a candidate does to the recording of another. */
let service: TestApp;
let position: PositionView;
let laptop: CandidateClient;
let phone: CandidateClient;
let take: TakeLease;

const minute = 60_000;
const hour = 60 * minute;
const pieces = recording();

beforeAll(async () => {
  service = await startTestApp();
});
beforeEach(async () => {
  service.clock.reset();
  const { people } = (await buildWorld(service.database)).ours;
  const recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({
    questions: [questionDraft({ takes: 1 })],
    reviewerIds: [people.assigned.memberId],
  });
  const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
  const { token } = await recruiter.invite(position.positionId, { deadlineAt });
  laptop = await CandidateClient.arrive(service.http, token);
  await laptop.consent();
  phone = await CandidateClient.arrive(service.http, token);
});
afterAll(() => service?.close());

const questionId = (): string => position.questions[0]!.questionId;
const record = async (): Promise<void> => {
  take = (await laptop.openTake(questionId())).json<TakeLease>();
  await laptop.putChunk({ ...take, index: 0 }, pieces[0]!);
};
const salvage = (client: CandidateClient): Promise<HttpReply> =>
  client.send('POST', `/takes/${take.takeId}/salvage`, { body: { durationMs: null } });
const withdraw = (client: CandidateClient): Promise<HttpReply> =>
  client.send('POST', '/withdraw', { body: { confirm: 'withdraw' } });

describe('while the laptop records, the phone', () => {
  beforeEach(record);

  test.each([
    ['closes nothing of it', () => salvage(phone)],
    ['gives nothing of it back', () => phone.return(take.takeId)],
    ['is told where it goes on, not that no take is left', () => phone.openTake(questionId())],
  ])('%s', async (_name, attempt) => {
    expectProblem(await attempt(), 409, 'take_elsewhere');
    for (const index of [1, 2])
      expect((await laptop.putChunk({ ...take, index }, pieces[index]!)).status).toBe(201);
    expect((await laptop.finalise(take.takeId, manifestOf(pieces))).status).toBe(200);
  });

  test('may do so when the laptop has gone', async () => {
    for (const index of [1, 2]) await laptop.putChunk({ ...take, index }, pieces[index]!);
    service.clock.advance(minute);
    expect((await salvage(phone)).json()).toMatchObject({ verdict: 'partial' });
  });
});

test('a computer that merely watches does not end what the phone recorded offline', async () => {
  service.clock.advance(50 * minute);
  await phone.show();
  service.clock.advance(11 * minute);
  await laptop.show();
  service.clock.advance(limits.lateOpenSeconds * 1000 + minute);
  const late = { startedOffline: true };
  expectProblem(await laptop.openTake(questionId(), late), 410, 'interview_over');
  expect((await phone.openTake(questionId(), late)).status).toBe(200);
});

describe('once the candidate has withdrawn on the phone, the laptop', () => {
  beforeEach(async () => {
    await record();
    expect((await withdraw(phone)).status).toBe(204);
  });

  test('stores nothing more, and closes nothing', async () => {
    expect((await laptop.putChunk({ ...take, index: 1 }, pieces[1]!)).status).toBe(409);
    const held = manifestOf(pieces.slice(0, 1));
    for (const reply of [await laptop.finalise(take.takeId, held), await salvage(laptop)])
      expect(reply.status).toBe(409);
    expectProblem(await laptop.return(take.takeId), 409, 'interview_closed');
    expectProblem(await laptop.keep(take.takeId), 409, 'interview_closed');
    expectProblem(await laptop.openTake(questionId()), 409, 'interview_closed');
    expect((await laptop.status(take.takeId)).json()).toMatchObject({ segments: [{ contiguous: 1 }] });
    expect((await laptop.show()).answers[0]!.takes).toMatchObject([{ state: 'discarded' }]);
  });
});
