import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { limits, type CandidateAnswer, type PositionView, type TakeLease } from '@fairtake/contracts';
import { OverdueInterviewsService } from '../src/candidate/overdue-interviews.service';
import { recording, type CandidateClient } from './candidate-client';
import { questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type OrganisationInWorld } from './world';
import { manifestOf } from './world-interviews';

/** What is sent of an interview whose candidate did not get as far as keeping: everything they gave that plays (I10). */
let service: TestApp;
let ours: OrganisationInWorld;
let position: PositionView;
let candidate: CandidateClient;

const hour = 3_600_000;
const pieces = recording();

beforeAll(async () => {
  service = await startTestApp();
  ({ ours } = await buildWorld(service.database));
  const { people } = ours;
  position = await new RecruitingClient(service.http, [people.recruiter.cookie]).openPosition({
    questions: [
      questionDraft({ takes: 2 }),
      questionDraft({ required: false, takes: 1 }),
      questionDraft({
        ...{ required: false, kind: 'text', thinkSeconds: null, takes: 1 },
        settings: { kind: 'text', maxCharacters: 100 },
      }),
    ],
    reviewerIds: [people.assigned.memberId],
  });
});
beforeEach(async () => {
  service.clock.reset();
  const recruiter = new RecruitingClient(service.http, [ours.people.recruiter.cookie]);
  const deadlineAt = new Date(service.clock.now().getTime() + hour).toISOString();
  candidate = await recruiter.candidate(position.positionId, { deadlineAt });
});
afterAll(() => service?.close());

const questionId = (index = 0): string => position.questions[index]!.questionId;
const sweep = (): Promise<void> => service.app.get(OverdueInterviewsService).sweep();
/** Behind the longest answer, its grace and the two hours. */
const timeIsOver = (): void => service.clock.advance(hour + limits.deadlineGraceSeconds * 1000 + hour);
const answer = async (index = 0): Promise<CandidateAnswer | undefined> =>
  (await candidate.show()).answers.find((each) => each.questionId === questionId(index));
const saveText = (text: string): Promise<unknown> =>
  candidate.send('PUT', `/questions/${questionId(2)}/response`, {
    body: { content: { kind: 'text', text } },
    headers: { 'if-match': '"0"' },
  });
const receive = async (index = 0): Promise<string> => {
  const { takeId } = await candidate.upload(questionId(index), pieces);
  await candidate.finalise(takeId, manifestOf(pieces));
  return takeId;
};
const inTimeZone = (timeZone: string): Promise<unknown> =>
  service.database.inOrganisation(ours.organisationId, (tx) =>
    tx.em.query(`UPDATE position SET time_zone = $2 WHERE id = $1`, [position.positionId, timeZone]),
  );
const objectsOf = async (takeId: string): Promise<string[]> => {
  const chunks = await service.database.inOrganisation(ours.organisationId, (tx) =>
    tx.segments.chunks(takeId),
  );
  return chunks.map((chunk) => path.join(service.storageDirectory, chunk.storageKey));
};
const expectSent = async (kept: Partial<CandidateAnswer>): Promise<void> => {
  await sweep();
  expect(await candidate.show()).toMatchObject({ state: 'submitted' });
  expect(await answer()).toMatchObject(kept);
};

describe('when the time is over', () => {
  it('a recording that was received whole is the answer, though nobody kept it', async () => {
    const takeId = await receive();
    timeIsOver();
    await expectSent({ kept: true, keptTakeId: takeId });
    expect((await answer())!.takes).toMatchObject([{ state: 'kept', missingSeconds: null }]);
  });

  it('it is, too, beside another answer that was kept, and before a later one that broke', async () => {
    const takeId = await receive();
    await candidate.upload(questionId(), pieces.slice(0, 2));
    await candidate.answer(questionId(1));
    timeIsOver();
    await expectSent({ kept: true, keptTakeId: takeId });
  });

  it('so is a part that the candidate asked to be closed', async () => {
    const { takeId } = await candidate.upload(questionId(), pieces);
    await candidate.send('POST', `/takes/${takeId}/salvage`, { body: { durationMs: null } });
    timeIsOver();
    await expectSent({ kept: true, keptTakeId: takeId });
  });

  it.each([
    ['nothing', 0],
    ['a header without media', 1],
  ])('the last recording with something in it is found behind one of which %s came', async (_name, count) => {
    const { takeId } = await candidate.upload(questionId(), pieces);
    service.clock.advance((limits.vanishedAfterSeconds + 5) * 1000);
    const { lease, ...second } = (await candidate.openTake(questionId())).json<TakeLease>();
    for (const [index, piece] of pieces.slice(0, count).entries())
      await candidate.putChunk({ ...second, lease, index }, piece);
    timeIsOver();
    await expectSent({ kept: true, keptTakeId: takeId });
  });

  it.each([
    ['lost', (file: string) => rm(file)],
    ['damaged', async (file: string) => writeFile(file, (await readFile(file)).reverse())],
  ])('what comes before a chunk that the store has %s is kept, and everything else', async (_name, spoil) => {
    const whole = recording(10);
    const { takeId } = await candidate.upload(questionId(), whole);
    const other = await candidate.answer(questionId(1));
    await spoil((await objectsOf(takeId))[3]!);
    timeIsOver();
    await expectSent({ kept: true, keptTakeId: takeId, keptDurationSeconds: 4 });
    expect(await answer(1)).toMatchObject({ keptTakeId: other });
    expect(service.log()).toContain(takeId);
  });

  it('a recording of which nothing can be read is given back, and keeps nothing else from being sent', async () => {
    const { takeId } = await candidate.upload(questionId(), pieces);
    await candidate.answer(questionId(1));
    for (const file of await objectsOf(takeId)) await rm(file);
    timeIsOver();
    await expectSent({ kept: false });
    expect((await answer())!.takes).toMatchObject([{ state: 'returned', fault: { reason: 'no_media' } }]);
  });

  it('words that were saved and not kept are sent', async () => {
    await saveText('Saved, never kept.');
    timeIsOver();
    await sweep();
    expect((await candidate.show()).state).toBe('submitted');
    expect(await answer(2)).toMatchObject({ kept: true, keptTakeId: null });
  });

  it('an empty draft is no answer', async () => {
    await saveText('   ');
    timeIsOver();
    await sweep();
    expect((await candidate.show()).state).toBe('started');
  });

  it('an interview that breaks on its way is sent whole by the next sweep', async () => {
    const { takeId } = await candidate.upload(questionId(), pieces);
    timeIsOver();
    // Its reply cannot be promised: the last step of sending fails.
    await inTimeZone('Nowhere');
    try {
      await sweep();
      expect((await answer())!.takes).toMatchObject([{ state: 'open' }]);
    } finally {
      await inTimeZone('UTC');
    }
    await expectSent({ kept: true, keptTakeId: takeId });
  });

  it('two sweeps at once send once', async () => {
    await receive();
    timeIsOver();
    await Promise.all([sweep(), sweep(), sweep()]);
    const events = await service.database.inOrganisation(ours.organisationId, (tx) =>
      tx.audit.listOf('interview', candidate.interviewId),
    );
    expect(events.filter((event) => event.action === 'interview.submitted')).toHaveLength(1);
  });
});

describe('a request for more time', () => {
  it.each([
    ['in time', hour / 2, 'started'],
    ['after the deadline', 2 * hour, 'submitted'],
  ])('%s: holds the sending or does not', async (_name, askedMs, state) => {
    await receive();
    service.clock.advance(askedMs);
    expect((await candidate.send('POST', '/time-requests')).status).toBe(200);
    service.clock.reset();
    timeIsOver();
    await sweep();
    expect((await candidate.show()).state).toBe(state);
  });

  it('that is open when the interview is sent is over, too', async () => {
    await candidate.answer(questionId());
    await candidate.send('POST', '/time-requests');
    expect((await candidate.submit()).status).toBe(200);
    const recruiter = new RecruitingClient(service.http, [ours.people.recruiter.cookie]);
    expect((await recruiter.person(candidate.interviewId)).timeRequests).toEqual([]);
  });
});
