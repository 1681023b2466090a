import type { OwnData, OwnTakeMedia, PositionView, TakeLease } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { recording, type CandidateClient } from '../candidate-client';
import type { HttpReply } from '../http-client';
import { RecruitingClient } from '../recruiting-client';
import { insertRow } from '../rows';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';
import { manifestOf } from '../world-interviews';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;
let takeId: string;
const pieces = recording(8, 5_000);
const whole = Buffer.concat(pieces);

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database, service.storage);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterAll(() => service?.close());

const questionId = (): string => position.questions[0]!.questionId;
const path = (take = takeId, segment: number | string = 0, interviewId = candidate.interviewId): string =>
  `/media/own/${interviewId}/takes/${take}/segments/${segment}`;
const get = (address: string, headers: Record<string, string> = {}): Promise<HttpReply> =>
  service.http.get(address, { cookies: candidate.cookies, headers });

beforeEach(async () => {
  candidate = await recruiter.candidate(position.positionId);
  ({ takeId } = await candidate.upload(questionId(), pieces));
  await candidate.finalise(takeId, manifestOf(pieces, 8_000));
});

describe('an own recording', () => {
  test('plays as soon as it is received whole, before it is chosen, and after it was sent', async () => {
    const media = (await candidate.send('GET', `/takes/${takeId}/media`)).json<OwnTakeMedia>();
    expect(media).toEqual({
      ...{ takeId, durationSeconds: 8, audioOnly: false },
      segments: [{ url: path(), mimeType: 'video/mp4', sizeBytes: whole.length }],
    });
    expect((await get(path())).bytes).toEqual(whole);
    await candidate.keep(takeId);
    await candidate.submit();
    expect((await get(path())).bytes).toEqual(whole);
  });

  test('a recording turned down for another still plays', async () => {
    await candidate.keep(takeId);
    const other = await candidate.upload(questionId(), pieces);
    await candidate.finalise(other.takeId, manifestOf(pieces, 8_000));
    await candidate.keep(other.takeId);
    expect((await get(path())).status).toBe(200);
  });

  test('lets nobody keep or guess it', async () => {
    const { headers } = await get(path());
    expect(headers).toMatchObject({
      ...{ 'content-type': 'video/mp4', 'cache-control': 'private, no-store', 'accept-ranges': 'bytes' },
      ...{ 'x-content-type-options': 'nosniff', 'content-disposition': 'inline' },
    });
    const saved = await get(`${path()}?download=1`);
    expect(saved.headers['content-disposition']).toContain('attachment; filename="answer-try-1.mp4"');
    expect(saved.bytes).toEqual(whole);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-20000', 100, 20_001],
    ['bytes=5-', 5, undefined],
    ['bytes=-7', -7, undefined],
  ])('%s over several chunks', async (range, start, end) => {
    const reply = await get(path(), { range });
    expect([reply.status, reply.bytes]).toEqual([206, whole.subarray(start, end)]);
  });

  test('ranges outside, several, and of other bytes', async () => {
    expectProblem(await get(path(), { range: 'bytes=999999-' }), 416, 'range_not_satisfiable');
    expect((await get(path(), { range: 'bytes=0-1,3-4' })).bytes).toEqual(whole);
    expect((await get(path(), { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    const head = await service.http.send('HEAD', path(), { cookies: candidate.cookies });
    expect([head.status, head.headers['content-length'], head.bytes.length]).toEqual([
      200,
      String(whole.length),
      0,
    ]);
  });

  const asking = (address: () => string) => () => ({
    ...{ method: 'GET', path: address(), cookies: candidate.cookies },
  });
  refuses(
    () => service,
    [
      ['of no take', asking(() => path(uuidv7())), 404, 'not_found'],
      ['of another interview', asking(() => path(world.ours.takeId)), 404, 'not_found'],
      [
        'under another interview',
        asking(() => path(takeId, 0, world.ours.interview.interviewId)),
        401,
        'signed_out',
      ],
      ['of a segment that never was', asking(() => path(takeId, 1)), 404, 'not_found'],
      ...['-1', '01', '1e3', '0x0', '64', '..%2f0', '%00'].map(
        (segment) =>
          [`segment ${segment}`, asking(() => path(takeId, segment)), 400, 'params_invalid'] as const,
      ),
      ['with a wish', asking(() => `${path()}?download=2`), 400, 'params_invalid'],
      ['with a file name', asking(() => `${path()}?filename=x`), 400, 'params_invalid'],
    ],
  );

  test('is not served while it is being received, nor once it was given back', async () => {
    const open = (await candidate.openTake(questionId())).json<TakeLease>();
    await candidate.putChunk({ ...open, index: 0 }, pieces[0]!);
    expectProblem(await get(path(open.takeId)), 404, 'not_found');
    expectProblem(await candidate.send('GET', `/takes/${open.takeId}/media`), 404, 'not_found');
    await candidate.return(open.takeId);
    expectProblem(await get(path(open.takeId)), 404, 'not_found');
  });

  test('is nobody else’s', async () => {
    const { people, otherInterview } = world.ours;
    const cookies = [...Object.values(people), otherInterview, world.theirs.interview].map(
      ({ cookie }) => cookie,
    );
    for (const cookie of cookies)
      expectProblem(await service.http.get(path(), { cookies: [cookie] }), 401, 'signed_out');
  });

  test('ends with erasure of the answer and of the interview', async () => {
    const { organisationId } = world.ours;
    const erase = (sql: string, id: string): Promise<unknown> =>
      service.database.inOrganisation(organisationId, (tx) => tx.em.query(sql, [id]));
    await erase('UPDATE answer SET erased_at = now() WHERE interview_id = $1', candidate.interviewId);
    expectProblem(await get(path()), 404, 'not_found');
    await erase('UPDATE answer SET erased_at = NULL WHERE interview_id = $1', candidate.interviewId);
    await erase('UPDATE interview SET erased_at = now() WHERE id = $1', candidate.interviewId);
    expectProblem(await get(path()), 404, 'not_found');
  });
});

describe('withdrawing', () => {
  const withdraw = (body: unknown = { confirm: 'withdraw' }): Promise<HttpReply> =>
    candidate.send('POST', '/withdraw', { body });

  test('needs the word', async () => {
    for (const body of [{}, { confirm: true }, { confirm: 'yes' }, { confirm: 'withdraw', force: 1 }])
      expectProblem(await withdraw(body), 400, 'body_invalid');
    expect((await candidate.show()).state).toBe('started');
  });

  test('ends recording, playing and reviewing; again is harmless; the page still opens', async () => {
    await candidate.keep(takeId);
    await candidate.submit();
    const { people, organisationId } = world.ours;
    const [answer] = await service.database.inOrganisation(organisationId, (tx) =>
      tx.answers.listOfInterview(candidate.interviewId),
    );
    const reviewed = async (): Promise<number[]> => {
      const review = `/api/v1/answers/${answer!.id}/review`;
      const played = `/media/answers/${answer!.id}/${answer!.generation}/chunks/0/0`;
      const cookies = [people.assigned.cookie];
      const replies = [
        await service.http.get(review, { cookies }),
        await service.http.get(played, { cookies }),
      ];
      return replies.map((reply) => reply.status);
    };
    expect(await reviewed()).toEqual([200, 200]);
    expect([(await withdraw()).status, (await withdraw()).status]).toEqual([204, 204]);
    expect((await candidate.show()).state).toBe('withdrawn');
    expectProblem(await get(path()), 404, 'not_found');
    expectProblem(await candidate.openTake(questionId()), 409, 'interview_closed');
    expectProblem(await candidate.submit(), 409, 'interview_closed');
    expect(await reviewed()).toEqual([404, 404]);
    const progress = (await candidate.send('GET', '/progress')).json();
    expect(progress).toMatchObject({ withdrawnAt: expect.any(String) });
  });

  test('of fifty at once, one is recorded', async () => {
    await Promise.all(Array.from({ length: 50 }, () => withdraw()));
    const events = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.audit.listOf('interview', candidate.interviewId),
    );
    expect(events.filter((event) => event.action === 'interview.withdrawn')).toHaveLength(1);
  });
});

test('the deadline is a calendar file in the language of the page, and what people wrote stays text in it', async () => {
  const title = { en: 'Engineer; second, round' };
  const deadlineAt = '2030-05-15T10:00:00.000Z';
  const { positionId } = await recruiter.openPosition({
    ...{ title, deadlineAt },
    reviewerIds: [world.ours.people.assigned.memberId],
  });
  const invited = await recruiter.candidate(positionId);
  const file = (locale: string): Promise<HttpReply> => invited.send('GET', `/deadline.ics?locale=${locale}`);
  const { headers, text } = await file('en');
  expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(text).toContain('\r\nDTEND:20300515T100000Z\r\n');
  expect(text.replaceAll('\r\n ', '')).toContain('Engineer\\; second\\, round');
  expect((await file('zh-CN')).text).toContain('SUMMARY:最后答题时间');
  expectProblem(await file('../en'), 400, 'params_invalid');
  expectProblem(await candidate.send('GET', '/deadline.ics?locale=en'), 404, 'not_found');
});

test('my data says what is held, and nothing of other people', async () => {
  await candidate.keep(takeId);
  await candidate.submit();
  await service.database.inOrganisation(world.ours.organisationId, async (tx) => {
    const [answer] = await tx.answers.listOfInterview(candidate.interviewId);
    const content = { kind: 'text', text: 'What I typed' };
    await insertRow(tx, 'response', { answer_id: answer!.id, revision: 1, content });
  });
  const data = (await candidate.send('GET', '/my-data')).json<OwnData>();
  expect(data).toMatchObject({
    name: 'Robin Candidate',
    consents: [{ version: 1, locale: 'en' }],
    takes: [{ takeId, questionId: questionId(), state: 'kept', sizeBytes: whole.length, durationSeconds: 8 }],
    responses: [{ questionId: questionId(), kept: false, content: { kind: 'text', text: 'What I typed' } }],
  });
  const progress = (await candidate.send('GET', '/progress')).text;
  for (const text of [JSON.stringify(data), progress])
    for (const { memberId, name } of Object.values(world.ours.people)) {
      expect(text).not.toContain(memberId);
      expect(text).not.toContain(name);
    }
  expect(JSON.parse(progress)).toMatchObject({ reviewStartedAt: expect.any(String), withdrawnAt: null });
});
