import {
  limits,
  type CandidateAnswer,
  type FinalisedTake,
  type PositionView,
  type TakeLease,
} from '@fairtake/contracts';
import { syntheticFragment, syntheticInit } from '@fairtake/media/testing';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { CandidateClient, recording } from '../candidate-client';
import { positionDraft, questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';
import { manifestOf } from '../world-interviews';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const newCandidate = async (): Promise<void> => {
  candidate = await recruiter.candidate(position.positionId);
};
const questionId = (): string => position.questions[0]!.questionId;
const pieces = recording();
const manifest = manifestOf(pieces);
const hour = 3_600_000;

describe('opening refuses', () => {
  beforeAll(newCandidate);
  const put = (body: object, takeId: string = uuidv7()) => ({
    ...{ method: 'PUT', path: `${candidate.path}/takes/${takeId}`, cookies: candidate.cookies },
    body: { questionId: questionId(), recorder: 'baseline', mimeType: 'video/mp4', ...body },
  });
  refuses(
    () => service,
    [
      ['a recorder of its own', () => put({ recorder: 'other' }), 400, 'body_invalid'],
      ['a picture', () => put({ mimeType: 'image/png' }), 400, 'body_invalid'],
      [
        'a type with a command in it',
        () => put({ mimeType: 'video/mp4;codecs="$(id)"' }),
        400,
        'body_invalid',
      ],
      ['its own clock', () => put({ startedAt: '2020-01-01T00:00:00Z' }), 400, 'body_invalid'],
      ['its own lease', () => put({ lease: uuidv7() }), 400, 'body_invalid'],
      ['takeOver as a word', () => put({ takeOver: 'yes' }), 400, 'body_invalid'],
      ['a take id that is none', () => put({}, '1'), 400, 'params_invalid'],
      ['a question that never was', () => put({ questionId: uuidv7() }), 404, 'not_found'],
      ["another position's question", () => put({ questionId: world.ours.questionId }), 404, 'not_found'],
      [
        "another organisation's question",
        () => put({ questionId: world.theirs.questionId }),
        404,
        'not_found',
      ],
      ["another candidate's take", () => put({}, world.ours.takes.open.takeId), 404, 'not_found'],
      [
        "another candidate's take, taken over",
        () => put({ takeOver: true }, world.ours.takes.open.takeId),
        404,
        'not_found',
      ],
    ],
  );
});

describe('takes', () => {
  beforeEach(newCandidate);

  test("another organisation's take id is free here, and theirs stays untouched", async () => {
    const { takeId, lease } = world.theirs.takes.open;
    const opened = (await candidate.openTake(questionId(), { takeId })).json<TakeLease>();
    expect(opened).toMatchObject({ takeId, takeNumber: 1 });
    expect(opened.lease).not.toBe(lease);
  });

  test('the same opening again, and twenty at once, are one take with one lease', async () => {
    const takeId = uuidv7();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => candidate.openTake(questionId(), { takeId })),
    );
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.json<TakeLease>().lease}`)).size).toBe(1);
    expect((await candidate.show()).answers).toMatchObject([{ takesUsed: 1 }]);
  });

  test('twenty different openings at once give as many takes as the question has', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => candidate.openTake(questionId())));
    const opened = replies.filter((reply) => reply.status === 200);
    expect(opened.map((reply) => reply.json<TakeLease>().takeNumber).sort()).toEqual([1, 2, 3]);
    for (const reply of replies) if (reply.status !== 200) expectProblem(reply, 409, 'takes_used_up');
  });

  test('a returned take does not count, but there is an end to returning', async () => {
    for (let i = 0; i < limits.returnedTakesMax; i += 1) {
      const { takeId } = (await candidate.openTake(questionId())).json<TakeLease>();
      const returned = await candidate.return(takeId);
      expect(returned.json<CandidateAnswer>()).toMatchObject({ takesUsed: 0 });
    }
    for (let i = 0; i < 3; i += 1) expect((await candidate.openTake(questionId())).status).toBe(200);
    expectProblem(await candidate.openTake(questionId()), 409, 'takes_used_up');
    const { takes } = (await candidate.show()).answers[0]!;
    await candidate.return(takes.at(-1)!.takeId);
    expectProblem(await candidate.openTake(questionId()), 409, 'takes_used_up');
  });

  test('no take begins inside the reserve of the disk, but one that runs goes on', async () => {
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    const health = jest
      .spyOn(service.storage, 'checkHealth')
      .mockResolvedValue({ freeBytes: 1, acceptsNewObjects: false });
    try {
      const refused = await candidate.openTake(questionId());
      expectProblem(refused, 507, 'storage_full');
      expect(refused.headers['retry-after']).toBe('60');
      expect((await candidate.openTake(questionId(), { takeId: take.takeId })).status).toBe(200);
      expect((await candidate.putChunk({ ...take, index: 0 }, pieces[0]!)).status).toBe(201);
    } finally {
      health.mockRestore();
    }
    expect((await candidate.openTake(questionId())).status).toBe(200);
  });

  test('given-back takes keep their bytes: an interview holds as many as its answers may be long', async () => {
    const { takeId, limits: own } = (await candidate.openTake(questionId())).json<TakeLease>();
    await candidate.return(takeId);
    const holding = (sizeBytes: number) =>
      service.database.inOrganisation(world.ours.organisationId, (tx) =>
        tx.em.query(`UPDATE take SET size_bytes = $2 WHERE id = $1`, [takeId, sizeBytes]),
      );
    const takes = position.questions.reduce((sum, question) => sum + question.takes, 0);
    // Every answer of this position has the same limit.
    await holding(takes * own.takeMaxBytes);
    expectProblem(await candidate.openTake(questionId()), 409, 'takes_used_up');
    await holding(takes * own.takeMaxBytes - 1);
    expect((await candidate.openTake(questionId())).status).toBe(200);
  });

  test('a returned take stays returned: it is not finalised, kept or opened again', async () => {
    const { takeId } = await candidate.upload(questionId(), pieces);
    await candidate.return(takeId);
    expect((await candidate.return(takeId)).status).toBe(200);
    expectProblem(await candidate.finalise(takeId, manifest), 409, 'take_closed');
    expectProblem(await candidate.keep(takeId), 409, 'take_not_finalised');
    expectProblem(await candidate.openTake(questionId(), { takeId }), 409, 'take_closed');
  });

  test('keep before finalise is refused, keep twice is one, and the kept one can be replaced', async () => {
    const first = await candidate.upload(questionId(), pieces);
    expectProblem(await candidate.keep(first.takeId), 409, 'take_not_finalised');
    await candidate.finalise(first.takeId, manifest);
    const kept = await Promise.all([candidate.keep(first.takeId), candidate.keep(first.takeId)]);
    for (const reply of kept) expect(reply.json()).toMatchObject({ keptTakeId: first.takeId, takesUsed: 1 });
    const second = await candidate.answer(questionId());
    expect((await candidate.show()).answers[0]).toMatchObject({
      keptTakeId: second,
      takes: [{ state: 'discarded' }, { state: 'kept' }],
    });
    expect((await candidate.keep(first.takeId)).json()).toMatchObject({ keptTakeId: first.takeId });
    expectProblem(await candidate.return(first.takeId), 409, 'take_closed');
    const jobs = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query<{ generation: number }[]>(
        `SELECT (o.payload->>'generation')::int AS generation FROM outbox o JOIN take t
           ON t.organisation_id = o.organisation_id AND t.answer_id::text = o.payload->>'answerId'
         WHERE t.id = $1 ORDER BY 1`,
        [first.takeId],
      ),
    );
    expect(new Set(jobs.map((job) => job.generation)).size).toBe(3);
  });

  test('an answer under two seconds, and one without media, are told at once and given back', async () => {
    const short = recording(1).slice(0, 1);
    for (const [sent, durationMs, verdict] of [
      [short, 900, 'too_short'],
      [[Buffer.from('this is no recording at all')], 9_000, 'no_media'],
    ] as const) {
      const { takeId } = await candidate.upload(questionId(), sent);
      const reply = await candidate.finalise(takeId, manifestOf(sent, durationMs));
      expect(reply.json<FinalisedTake>()).toMatchObject({ verdict });
      expectProblem(await candidate.keep(takeId), 409, 'take_not_finalised');
    }
    expect((await candidate.show()).answers).toMatchObject([{ takesUsed: 0, keptTakeId: null }]);
  });
});

test.each([
  ['as long as the limit and its grace', 0, false],
  ['ten seconds longer', 10, true],
  ['an hour and a half long', 5_400, true],
])('a recording %s is kept; longer by %d s: flagged is %s', async (_name, moreSeconds, mediaFlagged) => {
  await newCandidate();
  const seconds = position.questions[0]!.answerSeconds + limits.graceSeconds + moreSeconds;
  const long = [
    pieces[0]!,
    syntheticFragment([{ trackId: 1, startTicks: 0, sampleDurations: [seconds * 90_000] }]),
  ];
  const takeId = await candidate.answer(questionId(), long);
  const media = await service.database.inOrganisation(world.ours.organisationId, async (tx) => {
    const [row] = await tx.em.query<{ id: string }[]>(`SELECT id FROM answer WHERE kept_take_id = $1`, [
      takeId,
    ]);
    return tx.media.list([row!.id]);
  });
  expect(media).toMatchObject([{ mediaState: 'playable', durationSeconds: seconds, mediaFlagged }]);
});

describe('time', () => {
  const deadlineIn = async (ms: number): Promise<void> => {
    const deadlineAt = new Date(service.clock.now().getTime() + ms).toISOString();
    candidate = await recruiter.candidate(position.positionId, { deadlineAt });
  };

  test('a take begun before the deadline may finish, be received, kept and sent after it', async () => {
    await deadlineIn(hour);
    service.clock.advance(hour - 5_000);
    const take = (await candidate.openTake(questionId())).json<TakeLease>();
    service.clock.advance(60_000);
    for (const [index, piece] of pieces.entries())
      expect((await candidate.putChunk({ ...take, index }, piece)).status).toBe(201);
    expect((await candidate.finalise(take.takeId, manifest)).status).toBe(200);
    expect((await candidate.keep(take.takeId)).status).toBe(200);
    expectProblem(await candidate.openTake(questionId()), 410, 'interview_over');
    expect((await candidate.submit()).status).toBe(200);
  });

  test("the sender's own clock changes nothing", async () => {
    await deadlineIn(hour);
    service.clock.advance(hour + 1_000);
    const date = new Date(Date.now() - 24 * hour).toUTCString();
    const reply = await candidate.send('PUT', `/takes/${uuidv7()}`, {
      body: { questionId: questionId(), recorder: 'baseline', mimeType: 'video/mp4' },
      headers: { date, 'x-date': date },
    });
    expectProblem(reply, 410, 'interview_over');
  });

  test('think time begins with the first opening and does not begin again', async () => {
    await newCandidate();
    const first = (await candidate.openQuestion(questionId())).json<CandidateAnswer>();
    service.clock.advance(60_000);
    const second = (await candidate.openQuestion(questionId())).json<CandidateAnswer>();
    expect(second.thinkStartedAt).toBe(first.thinkStartedAt);
    const { serverNow } = await candidate.show();
    expect(Date.parse(serverNow) - Date.parse(first.thinkStartedAt!)).toBeGreaterThanOrEqual(60_000);
    expect(Date.parse(serverNow) - Date.parse(first.thinkStartedAt!)).toBeLessThan(90_000);
  });
});

test('an erased answer takes nothing more: no chunk, no proof, no choice, no new take', async () => {
  await newCandidate();
  const take = await candidate.upload(questionId(), pieces);
  await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.em.query(`UPDATE answer SET erased_at = now() WHERE id = (SELECT answer_id FROM take WHERE id = $1)`, [
      take.takeId,
    ]),
  );
  for (const reply of [
    await candidate.putChunk({ ...take, index: pieces.length }, Buffer.from('late')),
    await candidate.putChunk({ ...take, index: 0 }, pieces[0]!),
    await candidate.finalise(take.takeId, manifest),
    await candidate.keep(take.takeId),
    await candidate.return(take.takeId),
    await candidate.status(take.takeId),
    await candidate.openTake(questionId(), { takeId: take.takeId }),
    await candidate.openTake(questionId()),
  ])
    expectProblem(reply, 404, 'not_found');
});

test('VP9 in MP4, which browsers cannot play from a playlist, is prepared first', async () => {
  await newCandidate();
  const vp9 = [
    syntheticInit([{ trackId: 1, codec: 'vp09', timescale: 1_000 }]),
    syntheticFragment([{ trackId: 1, startTicks: 0, sampleDurations: [4_000] }]),
  ];
  const takeId = await candidate.answer(questionId(), vp9);
  const states = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.em.query(`SELECT media_state FROM answer WHERE kept_take_id = $1`, [takeId]),
  );
  expect(states).toEqual([{ media_state: 'processing' }]);
});

test('an automatic position is sent with its last answer, once', async () => {
  const questions = [questionDraft(), questionDraft({ required: false })];
  const { people } = world.ours;
  const automatic = await recruiter.openPosition(
    positionDraft({ questions, autoSubmit: true, reviewerIds: [people.assigned.memberId] }),
  );
  candidate = await recruiter.candidate(automatic.positionId);
  await candidate.answer(questions[0]!.questionId);
  expect((await candidate.show()).state).toBe('started');
  const last = await candidate.answer(questions[1]!.questionId);
  expect((await candidate.show()).state).toBe('submitted');
  expect((await candidate.keep(last)).status).toBe(200);
  expect((await candidate.submit()).status).toBe(200);
  expectProblem(await candidate.openTake(questions[0]!.questionId), 409, 'interview_closed');
});
