import type { AdjustmentChoice, PositionView, ResponseView } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts';
import { noAdjustment } from '@fairtake/domain';
import { expectProblem } from './abuse';
import type { CandidateClient } from './candidate-client';
import type { HttpReply } from './http-client';
import { questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type OrganisationInWorld } from './world';

/** A question has one answer, a take or a response: the one its candidate chose last. */
let service: TestApp;
let ours: OrganisationInWorld;
let position: PositionView;
let candidate: CandidateClient;

const minute = 60_000;
const hour = 60 * minute;

beforeAll(async () => {
  service = await startTestApp();
  ({ ours } = await buildWorld(service.database));
  position = await recruiter().openPosition({
    adjustmentPolicy: 'self_service',
    adjustmentKinds: ['text_answers'],
    questions: [questionDraft({ takes: 1 })],
    reviewerIds: [ours.people.assigned.memberId],
  });
});
beforeEach(async () => {
  service.clock.reset();
  const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
  candidate = await recruiter().candidate(position.positionId, { deadlineAt });
});
afterAll(() => service?.close());

const recruiter = (): RecruitingClient => new RecruitingClient(service.http, [ours.people.recruiter.cookie]);
const questionId = (): string => position.questions[0]!.questionId;
const path = (): string => `/questions/${questionId()}/response`;
const choose = (choice: Partial<AdjustmentChoice>): Promise<HttpReply> =>
  candidate.send('POST', '/adjustments', { body: { ...noAdjustment, ...choice } });
const save = (text: string, revision = 0): Promise<HttpReply> =>
  candidate.send('PUT', path(), {
    body: { content: { kind: 'text', text } },
    headers: { 'if-match': `"${revision}"` },
  });
const keepText = (revision: number): Promise<HttpReply> =>
  candidate.send('POST', `${path()}/keep`, { body: { revision } });
/** What reviewers would be given: the take and the words that the answer has. */
const kept = async () =>
  service.database.inOrganisation(ours.organisationId, async (tx) => {
    const [row] = await tx.answers.listOfInterview(candidate.interviewId);
    const takes = (await tx.takes.listOfInterview(candidate.interviewId)).filter(
      (take) => take.state === 'kept',
    );
    return {
      take: row!.keptTakeId,
      takes: takes.map((take) => take.id),
      words: (await tx.responses.find(row!.id))?.kept ?? null,
    };
  });

test('a recording chosen again after words were kept is the answer', async () => {
  const takeId = await candidate.answer(questionId());
  await choose({ textAnswers: true });
  await save('In words.');
  expect((await keepText(1)).json()).toMatchObject({ kept: true, keptTakeId: null });
  expect(await kept()).toMatchObject({ take: null, takes: [], words: { text: 'In words.' } });
  await choose({});
  expect((await candidate.keep(takeId)).json()).toMatchObject({ kept: true, keptTakeId: takeId });
  expect(await kept()).toEqual({ take: takeId, takes: [takeId], words: null });
});

test('words chosen again after a recording was kept are the answer', async () => {
  await choose({ textAnswers: true });
  await save('In words.');
  await keepText(1);
  await choose({});
  const takeId = await candidate.answer(questionId());
  expect(await kept()).toEqual({ take: takeId, takes: [takeId], words: null });
  await choose({ textAnswers: true });
  expect((await keepText(1)).json()).toMatchObject({ kept: true, keptTakeId: null });
  expect(await kept()).toMatchObject({ take: null, takes: [], words: { text: 'In words.' } });
});

describe('words after the deadline', () => {
  beforeEach(async () => {
    await choose({ textAnswers: true });
    await candidate.openQuestion(questionId());
  });

  test('are taken for half an hour from somebody who stayed in touch, not for two hours', async () => {
    service.clock.advance(hour + minute);
    expect((await save('Just in time.')).json<ResponseView>()).toMatchObject({ revision: 1 });
    service.clock.advance(limits.lateOpenSeconds * 1000 + minute);
    expectProblem(await save('Much later.', 1), 410, 'interview_over');
    // What was saved may still be chosen.
    expect((await keepText(1)).json()).toMatchObject({ kept: true });
  });

  test('are taken from somebody who was offline and has come back', async () => {
    service.clock.advance(2 * hour);
    expect((await save('Written on a train.')).status).toBe(200);
  });
});

describe('the deadline that stands still', () => {
  test('is promised no later anywhere than the page shows it', async () => {
    const { positionId } = await recruiter().openPosition({
      adjustmentPolicy: 'ask',
      adjustmentKinds: ['answer_time'],
      reviewerIds: [ours.people.assigned.memberId],
    });
    const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
    candidate = await recruiter().candidate(positionId, { deadlineAt });
    expect((await choose({ answerFactor: 2 })).json()).toMatchObject({ deadlinePaused: true });
    const shown = await candidate.show();
    const file = (await candidate.send('GET', '/deadline.ics?locale=en')).text;
    const day = shown.deadlineAt!.slice(0, 10).replaceAll('-', '');
    expect(file).toContain(`\r\nDTEND:${day}T`);
    for (const { window } of shown.questions) expect(window.startBeforeAt).toBe(shown.deadlineAt);
  });
});

test('requests end with their interview: nobody grants anything of one that was sent or withdrawn', async () => {
  const asking = await recruiter().openPosition({
    adjustmentPolicy: 'ask',
    adjustmentKinds: ['answer_time'],
    questions: [questionDraft()],
    reviewerIds: [ours.people.assigned.memberId],
  });
  for (const end of ['/submit', '/withdraw']) {
    candidate = await recruiter().candidate(asking.positionId);
    await candidate.answer(asking.questions[0]!.questionId);
    await choose({ answerFactor: 2 });
    const { adjustmentRequests } = await recruiter().person(candidate.interviewId);
    const { requestId } = adjustmentRequests[0]!;
    await candidate.send('POST', end, end === '/withdraw' ? { body: { confirm: 'withdraw' } } : {});
    const decision = `adjustment-requests/${requestId}/decision`;
    const granted = { ...noAdjustment, answerFactor: 2 };
    expectProblem(
      await recruiter().send('POST', candidate.interviewId, decision, { granted }),
      409,
      'state_conflict',
    );
    expect((await recruiter().person(candidate.interviewId)).adjustmentRequests).toEqual([]);
  }
});
