import type { HandOffCode, InterviewDevices, PositionView, TakeLease } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { CandidateClient, recording } from '../candidate-client';
import type { HttpReply } from '../http-client';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';
import { manifestOf } from '../world-interviews';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let computer: CandidateClient;
let link: string;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

beforeEach(async () => {
  ({ token: link } = await recruiter.invite(position.positionId));
  computer = await CandidateClient.arrive(service.http, link);
  await computer.consent();
});

const questionId = (): string => position.questions[0]!.questionId;
const minute = 60_000;
const phoneAgent =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';
const exchange = '/api/v1/candidate/hand-off-session';

const newCode = async (client = computer): Promise<string> =>
  (await client.send('POST', '/hand-off-codes')).json<HandOffCode>().token;
const openCode = (token: string, exchangeId = uuidv7(), from?: string): Promise<HttpReply> =>
  service.http.post(exchange, {
    body: { token, exchangeId },
    headers: { 'user-agent': phoneAgent },
    ...(from ? { from } : {}),
  });
const phoneOf = (reply: HttpReply): CandidateClient =>
  new CandidateClient(service.http, reply.json<{ interviewId: string }>().interviewId, reply.cookies);
const openPhone = async (): Promise<CandidateClient> => phoneOf(await openCode(await newCode()));
const devices = async (client: CandidateClient): Promise<InterviewDevices> =>
  (await client.send('GET', '/devices')).json<InterviewDevices>();
const beat = async (client: CandidateClient, over: object = {}): Promise<InterviewDevices> =>
  (
    await client.send('PUT', '/device', {
      body: { takeOver: false, questionId: null, recording: false, ...over },
    })
  ).json<InterviewDevices>();

describe('a code', () => {
  const open = (body: object) => ({
    ...{ method: 'POST', path: exchange },
    body: { token: 'A'.repeat(43), exchangeId: uuidv7(), ...body },
  });
  refuses(
    () => service,
    [
      ['that is guessed', () => open({}), 404, 'hand_off_unknown'],
      ['that is the invitation itself', () => open({ token: link }), 404, 'hand_off_unknown'],
      ['with a space', () => open({ token: `${'A'.repeat(43)} ` }), 400, 'body_invalid'],
      ['too short', () => open({ token: 'A'.repeat(42) }), 400, 'body_invalid'],
      ['in a list', () => open({ token: ['A'.repeat(43)] }), 400, 'body_invalid'],
      ['of a megabyte', () => open({ token: 'A'.repeat(1024 * 1024) }), 413, 'body_too_large'],
      ['without its opening', () => open({ exchangeId: undefined }), 400, 'body_invalid'],
      ['of an opening that is no id', () => open({ exchangeId: '1' }), 400, 'body_invalid'],
      ['with an interview chosen', () => open({ interviewId: uuidv7() }), 400, 'body_invalid'],
    ],
  );

  test('opens no invitation', async () => {
    const reply = await service.http.post('/api/v1/candidate/session', { body: { token: await newCode() } });
    expectProblem(reply, 404, 'link_unknown');
  });

  test('is 256 random bits, works once, and is kept as a hash only', async () => {
    const token = await newCode();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect((await openCode(token)).status).toBe(200);
    expectProblem(await openCode(token), 404, 'hand_off_unknown');
    const { rows } = await service.database.inOrganisation(world.ours.organisationId, async (tx) => ({
      rows: await tx.em.query<{ all: string }[]>('SELECT row_to_json(c)::text AS all FROM hand_off_code c'),
    }));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => row.all).join()).not.toContain(token);
    expect(service.log()).not.toContain(token);
  });

  test('answers the same opening again when its first reply was lost', async () => {
    const [token, exchangeId] = [await newCode(), uuidv7()];
    expect((await openCode(token, exchangeId)).status).toBe(200);
    const again = await openCode(token, exchangeId);
    expect(again.status).toBe(200);
    expect((await devices(phoneOf(again))).holder).toMatchObject({ here: true });
  });

  test('of fifty openings at once, one gets in', async () => {
    const token = await newCode();
    const replies = await Promise.all(Array.from({ length: 50 }, () => openCode(token)));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  });

  test('ends after ten minutes', async () => {
    const token = await newCode();
    service.clock.advance(10 * minute - 1_000);
    expect((await openCode(token)).status).toBe(200);
    const late = await newCode();
    service.clock.advance(10 * minute);
    expectProblem(await openCode(late), 404, 'hand_off_unknown');
  });

  test('ends with the next code', async () => {
    const first = await newCode();
    const second = await newCode();
    const rows = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query<unknown[]>('SELECT 1 FROM hand_off_code WHERE interview_id = $1', [computer.interviewId]),
    );
    expect(rows).toHaveLength(1);
    expectProblem(await openCode(first), 404, 'hand_off_unknown');
    expect((await openCode(second)).status).toBe(200);
  });

  test('ends with the invitation, and so does the phone', async () => {
    const phone = await openPhone();
    const token = await newCode();
    const { interviewId } = computer;
    await service.http.delete(`/api/v1/interviews/${interviewId}/invitation`, { cookies: recruiter.cookies });
    expectProblem(await openCode(token), 404, 'hand_off_unknown');
    expectProblem(await phone.send('GET'), 401, 'signed_out');
  });

  test('ends when the candidate withdraws; none is made after that', async () => {
    const token = await newCode();
    await computer.send('POST', '/withdraw', { body: { confirm: 'withdraw' } });
    expectProblem(await openCode(token), 404, 'hand_off_unknown');
    expectProblem(await computer.send('POST', '/hand-off-codes'), 409, 'interview_closed');
  });

  test('ends when the interview is sent', async () => {
    await computer.answer(questionId());
    const token = await newCode();
    expect((await computer.submit()).status).toBe(200);
    expectProblem(await openCode(token), 404, 'hand_off_unknown');
  });

  test('unknown, used, replaced and expired codes answer alike', async () => {
    const replaced = await newCode();
    const used = await newCode();
    await openCode(used);
    const replies = [await openCode('B'.repeat(43)), await openCode(replaced), await openCode(used)];
    const expired = await newCode();
    service.clock.advance(10 * minute);
    replies.push(await openCode(expired));
    const anonymous = (text: string): string => text.replace(/"requestId":"[^"]+"/, '');
    expect(new Set(replies.map((reply) => `${reply.status} ${anonymous(reply.text)}`)).size).toBe(1);
  });

  test('eleven guesses from one address are held up, and a right code from elsewhere is not', async () => {
    const from = '203.0.113.77';
    for (let guess = 0; guess < 10; guess++) await openCode(`${guess}`.padEnd(43, 'C'), uuidv7(), from);
    expectProblem(await openCode('D'.repeat(43), uuidv7(), from), 429, 'too_many_requests');
    expect((await openCode(await newCode())).status).toBe(200);
  });

  test('opens its own interview only', async () => {
    const phone = await openPhone();
    expect(phone.interviewId).toBe(computer.interviewId);
    const other = await recruiter.candidate(position.positionId);
    const reply = await service.http.get(other.path, { cookies: phone.cookies });
    expectProblem(reply, 401, 'signed_out');
  });

  test('looking at its address changes nothing', async () => {
    const token = await newCode();
    for (const method of ['GET', 'HEAD']) await service.http.send(method, `/i?${token}`);
    expect((await openCode(token)).status).toBe(200);
  });
});

describe('one device holds the interview', () => {
  test('the phone from the moment it opens the code; the computer is told', async () => {
    await beat(computer);
    expect((await devices(computer)).holder).toMatchObject({ here: true, live: true });
    const phone = await openPhone();
    expect((await devices(computer)).holder).toMatchObject({
      ...{ here: false, live: true, recording: false, questionId: null },
      device: { browser: 'Chrome', system: 'Android' },
    });
    await beat(phone, { questionId: questionId(), recording: true });
    expect((await beat(computer)).holder).toMatchObject({
      ...{ here: false, recording: true, questionId: questionId() },
    });
    expectProblem(await computer.openTake(questionId()), 409, 'take_elsewhere');
    expect((await phone.openTake(questionId())).status).toBe(200);
  });

  test('the computer takes it back, and the phone is told', async () => {
    const phone = await openPhone();
    expect((await beat(computer, { takeOver: true })).holder).toMatchObject({ here: true });
    expect((await beat(phone)).holder).toMatchObject({ here: false, live: true });
    expectProblem(await phone.openTake(questionId()), 409, 'take_elsewhere');
    expect((await computer.openTake(questionId())).status).toBe(200);
  });

  test('a silent device is not asked, and a chunk is a sign of life', async () => {
    const phone = await openPhone();
    const take = (await phone.openTake(questionId())).json<TakeLease>();
    const [first] = recording();
    service.clock.advance(29_000);
    await phone.putChunk({ ...take, index: 0 }, first!);
    service.clock.advance(29_000);
    expect((await beat(computer)).holder).toMatchObject({ here: false, live: true });
    service.clock.advance(2_000);
    expect((await devices(computer)).holder).toMatchObject({ here: false, live: false });
    expect((await beat(computer)).holder).toMatchObject({ here: true });
  });

  test('what the computer was recording arrives there whole, and the phone records the same question', async () => {
    await beat(computer);
    const pieces = recording();
    const take = (await computer.openTake(questionId())).json<TakeLease>();
    await computer.putChunk({ ...take, index: 0 }, pieces[0]!);
    const phone = await openPhone();
    expect((await devices(phone)).unsent).toEqual([
      { questionId: questionId(), device: { browser: null, system: null }, arriving: true },
    ]);
    expect((await phone.openTake(questionId())).status).toBe(200);
    for (const [index, bytes] of pieces.entries()) {
      const status = index === 0 ? 200 : 201;
      expect((await computer.putChunk({ ...take, index }, bytes)).status).toBe(status);
    }
    expect((await computer.finalise(take.takeId, manifestOf(pieces))).status).toBe(200);
    expect((await devices(phone)).unsent).toEqual([]);
    expect((await phone.keep(take.takeId)).status).toBe(200);
  });

  test('a recording cut off on a device that went away is named to the other', async () => {
    await computer.upload(questionId(), recording().slice(0, 2));
    const phone = await openPhone();
    service.clock.advance(31_000);
    expect((await devices(phone)).unsent).toMatchObject([{ questionId: questionId(), arriving: false }]);
    expect((await devices(computer)).unsent).toEqual([]);
  });

  test('the link opened again in the same browser is the same device', async () => {
    await beat(computer, { recording: true });
    const again = await service.http.post('/api/v1/candidate/session', {
      body: { token: link },
      cookies: computer.cookies,
    });
    expect(again.cookies).toEqual(computer.cookies);
    expect((await devices(computer)).holder).toMatchObject({ here: true });
  });

  test("another interview's question is no place to be", async () => {
    const body = { takeOver: false, questionId: world.ours.questionId, recording: false };
    expectProblem(await computer.send('PUT', '/device', { body }), 404, 'not_found');
  });

  test('after sending nobody holds it', async () => {
    await computer.answer(questionId());
    await computer.submit();
    expect(await beat(computer)).toMatchObject({ holder: null, unsent: [], state: 'submitted' });
  });
});
