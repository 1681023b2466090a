import type {
  Board,
  Comparison,
  PositionView,
  Problem,
  ReviewBatch,
  ReviewQueue,
  ReviewReply,
  SaveReview,
} from '@fairtake/contracts';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import type { HttpReply } from '../http-client';
import { criterionDraft, questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type Person, type World } from '../world';

let service: TestApp;
let world: World;
let recruiter: RecruitingClient;
/** One question scored by two criteria; a third criterion belongs to the other question. */
let position: PositionView;
let answerId: string;
let roundId: string;
let interviewId: string;
let rubricId: string;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { assigned, unassigned, recruiter: member } = world.ours.people;
  recruiter = new RecruitingClient(service.http, [member.cookie]);
  const questions = [questionDraft(), questionDraft({ required: false })];
  const [first, second] = questions.map((question) => question.questionId) as [string, string];
  position = await recruiter.openPosition({
    ...{ questions, reviewersPerAnswer: 3, blind: true },
    criteria: [criterionDraft([first]), criterionDraft([first], { weight: 3 }), criterionDraft([second])],
    reviewerIds: [assigned.memberId, unassigned.memberId, member.memberId],
  });
});
afterAll(() => service?.close());

const people = () => world.ours.people;
const path = (id = answerId): string => `/api/v1/answers/${id}/review`;
const get = (who: Person, url: string): Promise<HttpReply> =>
  service.http.get(url, { cookies: [who.cookie] });

/** A candidate who answered the first question and sent it; all three have to review. */
const sendAnswer = async (): Promise<void> => {
  const candidate = await recruiter.candidate(position.positionId, { name: 'Sam Secretname' });
  interviewId = candidate.interviewId;
  await candidate.answer(position.questions[0]!.questionId);
  await candidate.submit();
  const queue = (await get(people().assigned, '/api/v1/review/batches')).json<ReviewQueue>();
  roundId = queue.data.find((batch) => batch.positionId === position.positionId)!.roundId;
  const batch = (await get(people().assigned, batchPath())).json<ReviewBatch>();
  const unscored = batch.clips.filter((clip) => clip.review === null);
  ({ rubricId } = batch);
  // The candidates before are scored or not; the newest answer is the one whose id sorts last.
  answerId = unscored
    .map((clip) => clip.answerId)
    .sort()
    .at(-1)!;
};
const batchPath = (): string =>
  `/api/v1/review/rounds/${roundId}/questions/${position.questions[0]!.questionId}`;

const scoreOf = (index: number, over: object = {}) => ({
  ...{ criterionId: position.criteria[index]!.criterionId, level: 4, cannotRate: null, evidence: null },
  ...over,
});
const draft = (over: object = {}) =>
  ({ rubricId, version: 0, scores: [scoreOf(0), scoreOf(1)], comments: [], ...over }) as SaveReview;
const save = (who: Person, body: object = draft(), id = answerId): Promise<HttpReply> =>
  service.http.put(path(id), { cookies: [who.cookie], body });
const submit = (who: Person, version = 1): Promise<HttpReply> =>
  service.http.post(`${path()}/submit`, { cookies: [who.cookie], body: { version } });

describe('a draft is refused with', () => {
  beforeAll(sendAnswer);
  afterAll(async () =>
    expect((await get(people().assigned, path())).json()).toMatchObject({
      review: { version: 0, scores: [] },
    }),
  );
  const put = (over: object) => ({
    ...{ method: 'PUT', path: path(), cookies: [people().assigned.cookie] },
    body: draft(over),
  });
  const scored = (...scores: object[]) => put({ scores });
  refuses(
    () => service,
    [
      ...[0, 6, -1, 2.5, '4', 1e9].map(
        (level) => [`level ${level}`, () => scored(scoreOf(0, { level })), 400, 'body_invalid'] as const,
      ),
      ['neither level nor reason', () => scored(scoreOf(0, { level: null })), 400, 'body_invalid'],
      ['level and reason', () => scored(scoreOf(0, { cannotRate: 'technical' })), 400, 'body_invalid'],
      [
        'a reason of its own',
        () => scored(scoreOf(0, { level: null, cannotRate: 'face' })),
        400,
        'body_invalid',
      ],
      ['a criterion twice', () => scored(scoreOf(0), scoreOf(0)), 400, 'body_invalid'],
      ['a criterion of the other question', () => scored(scoreOf(2)), 400, 'body_invalid'],
      [
        'a criterion of another position',
        () => scored(scoreOf(0, { criterionId: world.ours.criterionId })),
        400,
        'body_invalid',
      ],
      [
        "another organisation's criterion",
        () => scored(scoreOf(0, { criterionId: world.theirs.criterionId })),
        400,
        'body_invalid',
      ],
      [
        'evidence that ends before it starts',
        () => scored(scoreOf(0, { evidence: { startSeconds: 9, endSeconds: 1 } })),
        400,
        'body_invalid',
      ],
      [
        'evidence before the answer',
        () => scored(scoreOf(0, { evidence: { startSeconds: -1, endSeconds: 1 } })),
        400,
        'body_invalid',
      ],
      ['another rubric', () => put({ rubricId: world.ours.rubricId }), 409, 'rubric_version_other'],
      [
        "another organisation's rubric",
        () => put({ rubricId: world.theirs.rubricId }),
        409,
        'rubric_version_other',
      ],
      ['a version nobody has seen', () => put({ version: 7 }), 412, 'edit_conflict'],
      ['a version below zero', () => put({ version: -1 }), 400, 'body_invalid'],
      ['a reviewer of its own', () => put({ memberId: people().unassigned.memberId }), 400, 'body_invalid'],
      ['its own state', () => put({ state: 'submitted' }), 400, 'body_invalid'],
      [
        'an empty comment',
        () => put({ comments: [{ commentId: uuidv7(), atSeconds: 1, text: ' ' }] }),
        400,
        'body_invalid',
      ],
      [
        'NUL in a comment',
        () => put({ comments: [{ commentId: uuidv7(), atSeconds: 1, text: 'a\u0000' }] }),
        400,
        'body_invalid',
      ],
      [
        'a comment before the answer',
        () => put({ comments: [{ commentId: uuidv7(), atSeconds: -1, text: 'x' }] }),
        400,
        'body_invalid',
      ],
      [
        '101 comments',
        () =>
          put({
            comments: Array.from({ length: 101 }, () => ({ commentId: uuidv7(), atSeconds: 1, text: 'x' })),
          }),
        400,
        'body_invalid',
      ],
    ],
  );
});

describe('an answer of somebody else', () => {
  beforeAll(sendAnswer);
  refuses(
    () => service,
    [
      ['that never was', () => ({ method: 'GET', path: path(uuidv7()) }), 404, 'not_found'] as const,
      [
        "another organisation's",
        () => ({ method: 'GET', path: path(world.theirs.answerId) }),
        404,
        'not_found',
      ] as const,
      [
        'given to another reviewer',
        () => ({ method: 'GET', path: path(world.ours.answerId) }),
        404,
        'not_found',
      ] as const,
      [
        'by an id that is none',
        () => ({ method: 'GET', path: path('..%2f') }),
        400,
        'params_invalid',
      ] as const,
      [
        "another organisation's round",
        () => ({
          method: 'GET',
          path: `/api/v1/review/rounds/${world.theirs.roundId}/questions/${world.theirs.questionId}`,
        }),
        404,
        'not_found',
      ] as const,
      [
        'a question of another round',
        () => ({
          method: 'GET',
          path: `/api/v1/review/rounds/${roundId}/questions/${world.ours.questionId}`,
        }),
        404,
        'not_found',
      ] as const,
    ].map(([name, request, status, code]) => [
      name,
      () => ({ ...request(), cookies: [people().unassigned.cookie] }),
      status,
      code,
    ]),
  );

  test('a comment id in use in another review is refused, and that comment stays', async () => {
    const comment = { commentId: uuidv7(), atSeconds: 1, text: 'The first' };
    expect((await save(people().assigned, draft({ comments: [comment] }))).status).toBe(200);
    const stolen = { ...comment, text: 'The second' };
    expectProblem(await save(people().unassigned, draft({ comments: [stolen] })), 400, 'body_invalid');
    const kept = (await get(people().assigned, path())).json<ReviewReply>();
    expect(kept.review.comments).toEqual([comment]);
    expect((await get(people().unassigned, path())).json()).toMatchObject({ review: { version: 0 } });
  });
});

describe('drafts and submitting', () => {
  beforeEach(sendAnswer);

  test('the same draft again changes nothing; another tab is told', async () => {
    const { assigned } = people();
    const comments = [
      { commentId: uuidv7(), atSeconds: null, text: 'Overall "fine" =1+1' },
      { commentId: uuidv7(), atSeconds: 3.25, text: 'At three' },
    ];
    const scores = [
      scoreOf(1, { evidence: { startSeconds: 0, endSeconds: 2.5 } }),
      scoreOf(0, { level: null, cannotRate: 'technical' }),
    ];
    const body = draft({ comments, scores });
    const replies = await Promise.all(Array.from({ length: 10 }, () => save(assigned, body)));
    for (const reply of replies) {
      const { review } = reply.json<ReviewReply>();
      expect(review).toMatchObject({ version: 1, state: 'draft' });
      expect(review.comments).toEqual(expect.arrayContaining(comments));
      expect(review.scores).toEqual(expect.arrayContaining(scores));
    }
    expectProblem(await save(assigned, draft({ scores: [] })), 412, 'edit_conflict');
    expect((await save(assigned, draft({ version: 1, scores: [] }))).json()).toMatchObject({
      review: { version: 2, scores: [], comments: [] },
    });
    expectProblem(await submit(assigned, 1), 412, 'edit_conflict');
  });

  test('two tabs from the same version: one wins, the other is told, nothing is mixed', async () => {
    const { assigned } = people();
    const bodies = [1, 2, 3, 4].map((level) => draft({ scores: [scoreOf(0, { level })] }));
    const replies = await Promise.all(bodies.map((body) => save(assigned, body)));
    const winner = replies.findIndex((reply) => reply.status === 200);
    for (const [i, reply] of replies.entries()) if (i !== winner) expectProblem(reply, 412, 'edit_conflict');
    const { review } = (await get(assigned, path())).json<ReviewReply>();
    expect(review.scores.map((score) => score.level)).toEqual([winner + 1]);
  });

  test('incomplete is refused by name; submitted once, and never changed', async () => {
    const { assigned } = people();
    const nothing = await submit(assigned, 0);
    expectProblem(nothing, 409, 'review_incomplete');
    await save(assigned, draft({ scores: [scoreOf(0)] }));
    const refused = await submit(assigned);
    expectProblem(refused, 409, 'review_incomplete');
    expect(refused.json<Problem>().errors).toEqual([
      { pointer: `/scores/${position.criteria[1]!.criterionId}`, detail: 'missing' },
    ]);
    await save(assigned, draft({ version: 1 }));
    const replies = await Promise.all(Array.from({ length: 20 }, () => submit(assigned, 2)));
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.text}`)).size).toBe(1);
    expect(replies[0]!.json()).toMatchObject({ review: { state: 'submitted' }, othersWithheld: false });
    expectProblem(await save(assigned, draft({ version: 3, scores: [] })), 409, 'review_submitted');
    const acts = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query(`SELECT 1 FROM audit_event WHERE action = 'review.submitted' AND subject_id = $1`, [
        answerId,
      ]),
    );
    expect(acts).toHaveLength(1);
  });

  test('a closed round takes no more scores', async () => {
    const { assigned } = people();
    await save(assigned);
    const closing = (state: string) =>
      service.database.inOrganisation(world.ours.organisationId, (tx) =>
        tx.em.query(`UPDATE round SET state = $2 WHERE id = $1`, [roundId, state]),
      );
    await closing('closed');
    expectProblem(await save(assigned, draft({ version: 1 })), 409, 'round_closed');
    expectProblem(await submit(assigned), 409, 'round_closed');
    await closing('open');
    expect((await submit(assigned)).status).toBe(200);
  });
});

describe('independence', () => {
  beforeEach(sendAnswer);

  const compareQuery = async (): Promise<string> => {
    const rows = (
      await get(people().recruiter, `/api/v1/positions/${position.positionId}/interviews`)
    ).json<Board>();
    const other = rows.data.find((row) => row.interviewId !== interviewId)!;
    return new URLSearchParams({ interviews: `${interviewId},${other.interviewId}` }).toString();
  };
  /** Every address where a member could look for what others think. */
  const everywhere = async (who: Person): Promise<string> => {
    const urls = [
      '/api/v1/review/batches',
      batchPath(),
      path(),
      '/api/v1/positions',
      `/api/v1/positions/${position.positionId}`,
      `/api/v1/positions/${position.positionId}/interviews`,
      `/api/v1/positions/${position.positionId}/compare?${await compareQuery()}`,
      '/api/v1/members',
    ];
    return (await Promise.all(urls.map((url) => get(who, url)))).map((reply) => reply.text).join('\n');
  };

  test("others' words and scores are in no byte before one's own are in, and all there after", async () => {
    const { assigned, unassigned, recruiter: reader } = people();
    const secret = `opinion ${randomBytes(8).toString('hex')}`;
    const comments = [{ commentId: uuidv7(), atSeconds: 2, text: secret }];
    await save(assigned, draft({ comments, scores: [scoreOf(0, { level: 1 }), scoreOf(1, { level: 1 })] }));
    for (const who of [unassigned, reader]) expect(await everywhere(who)).not.toContain(secret);
    await submit(assigned);
    for (const who of [unassigned, reader]) {
      expect(await everywhere(who)).not.toContain(secret);
      await save(who, draft({ scores: [scoreOf(0, { level: 5 }), scoreOf(1, { level: 5 })] }));
      const waiting = (await get(who, path())).json<ReviewReply>();
      expect(waiting).toMatchObject({ others: [], othersWithheld: true });
      expect(await everywhere(who)).not.toContain(secret);
    }
    // The recruiter owes a review: compare shows no dots of this interview, the board no score.
    const owing = await get(
      reader,
      `/api/v1/positions/${position.positionId}/compare?${await compareQuery()}`,
    );
    const pane = owing.json<Comparison>().panes[0]!;
    expect(pane).toMatchObject({ interviewId, withheld: true, comments: [] });
    expect(pane.cells.flatMap((cell) => cell.dots)).toEqual([]);
    expect(owing.json<Comparison>().matrix[0]).toMatchObject({ score: null, low: null, high: null });
    await submit(unassigned);
    expect(await everywhere(unassigned)).toContain(secret);
    expect(await everywhere(reader)).not.toContain(secret);
    const seen = await submit(reader);
    expect(seen.json<ReviewReply>().others).toHaveLength(2);
    const after = await get(
      reader,
      `/api/v1/positions/${position.positionId}/compare?${await compareQuery()}`,
    );
    expect(after.json<Comparison>().panes[0]).toMatchObject({
      withheld: false,
      comments: [{ text: secret, atSeconds: 2 }],
    });
    expect(after.json<Comparison>().panes[0]!.cells[0]).toMatchObject({ median: 5, split: true });
  });

  test('a draft is shown to nobody, even after theirs is in', async () => {
    const { assigned, unassigned } = people();
    const secret = `draft ${randomBytes(8).toString('hex')}`;
    await save(assigned, draft({ comments: [{ commentId: uuidv7(), atSeconds: null, text: secret }] }));
    await save(unassigned);
    await submit(unassigned);
    for (const who of [unassigned, people().recruiter, people().admin])
      expect(await everywhere(who)).not.toContain(secret);
  });

  test('a blind batch carries no name, and each reviewer has an order of their own', async () => {
    for (let i = 0; i < 3; i += 1) await sendAnswer();
    const batches = await Promise.all(
      [people().assigned, people().unassigned, people().recruiter].map((who) => get(who, batchPath())),
    );
    for (const batch of batches) expect(batch.text).not.toContain('Secretname');
    const orders = batches.map((batch) => batch.json<ReviewBatch>().clips.map((clip) => clip.answerId));
    expect(new Set(orders.map((order) => order.join())).size).toBe(3);
    expect(new Set(orders.map((order) => [...order].sort().join())).size).toBe(1);
    const again = (await get(people().assigned, batchPath())).json<ReviewBatch>();
    expect(again.clips.map((clip) => clip.answerId)).toEqual(orders[0]);
  });
});
