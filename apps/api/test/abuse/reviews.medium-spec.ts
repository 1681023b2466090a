import type { Problem, ReviewReply } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { ReviewRound } from '../review-round';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let round: ReviewRound;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  round = await ReviewRound.open(service, world.ours);
});
afterAll(() => service?.close());

const people = () => world.ours.people;
const reviewOf = (answerId: string): string => `/api/v1/answers/${answerId}/review`;

describe('a draft is refused with', () => {
  beforeAll(() => round.sendAnswer());
  afterAll(async () =>
    expect((await round.get(people().assigned)).json()).toMatchObject({
      review: { version: 0, scores: [] },
    }),
  );
  const put = (over: object) => ({
    ...{ method: 'PUT', path: round.path, cookies: [people().assigned.cookie] },
    body: round.draft(over),
  });
  const scored = (...scores: object[]) => put({ scores });
  refuses(
    () => service,
    [
      ...[0, 6, -1, 2.5, '4', 1e9].map(
        (level) =>
          [`level ${level}`, () => scored(round.scoreOf(0, { level })), 400, 'body_invalid'] as const,
      ),
      ['neither level nor reason', () => scored(round.scoreOf(0, { level: null })), 400, 'body_invalid'],
      ['level and reason', () => scored(round.scoreOf(0, { cannotRate: 'technical' })), 400, 'body_invalid'],
      [
        'a reason of its own',
        () => scored(round.scoreOf(0, { level: null, cannotRate: 'face' })),
        400,
        'body_invalid',
      ],
      ['a criterion twice', () => scored(round.scoreOf(0), round.scoreOf(0)), 400, 'body_invalid'],
      ['a criterion of the other question', () => scored(round.scoreOf(2)), 400, 'body_invalid'],
      [
        'a criterion of another position',
        () => scored(round.scoreOf(0, { criterionId: world.ours.criterionId })),
        400,
        'body_invalid',
      ],
      [
        "another organisation's criterion",
        () => scored(round.scoreOf(0, { criterionId: world.theirs.criterionId })),
        400,
        'body_invalid',
      ],
      [
        'evidence that ends before it starts',
        () => scored(round.scoreOf(0, { evidence: { startSeconds: 9, endSeconds: 1 } })),
        400,
        'body_invalid',
      ],
      [
        'evidence before the answer',
        () => scored(round.scoreOf(0, { evidence: { startSeconds: -1, endSeconds: 1 } })),
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
  beforeAll(() => round.sendAnswer());
  refuses(
    () => service,
    [
      ['that never was', () => ({ method: 'GET', path: reviewOf(uuidv7()) }), 404, 'not_found'] as const,
      [
        "another organisation's",
        () => ({ method: 'GET', path: reviewOf(world.theirs.answerId) }),
        404,
        'not_found',
      ] as const,
      [
        'given to another reviewer',
        () => ({ method: 'GET', path: reviewOf(world.ours.answerId) }),
        404,
        'not_found',
      ] as const,
      [
        'by an id that is none',
        () => ({ method: 'GET', path: reviewOf('..%2f') }),
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
          path: `/api/v1/review/rounds/${round.roundId}/questions/${world.ours.questionId}`,
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
    expect((await round.save(people().assigned, { comments: [comment] })).status).toBe(200);
    const stolen = { ...comment, text: 'The second' };
    expectProblem(await round.save(people().unassigned, { comments: [stolen] }), 400, 'body_invalid');
    const kept = (await round.get(people().assigned)).json<ReviewReply>();
    expect(kept.review.comments).toEqual([comment]);
    expect((await round.get(people().unassigned)).json()).toMatchObject({ review: { version: 0 } });
  });
});

describe('drafts and submitting', () => {
  beforeEach(() => round.sendAnswer());

  test('the same draft again changes nothing; another tab is told', async () => {
    const { assigned } = people();
    const comments = [
      { commentId: uuidv7(), atSeconds: null, text: 'Overall "fine" =1+1' },
      { commentId: uuidv7(), atSeconds: 3.25, text: 'At three' },
    ];
    const scores = [
      round.scoreOf(1, { evidence: { startSeconds: 0, endSeconds: 2.5 } }),
      round.scoreOf(0, { level: null, cannotRate: 'technical' }),
    ];
    const body = { comments, scores };
    const replies = await Promise.all(Array.from({ length: 10 }, () => round.save(assigned, body)));
    for (const reply of replies) {
      const { review } = reply.json<ReviewReply>();
      expect(review).toMatchObject({ version: 1, state: 'draft' });
      expect(review.comments).toEqual(expect.arrayContaining(comments));
      expect(review.scores).toEqual(expect.arrayContaining(scores));
    }
    expectProblem(await round.save(assigned, { scores: [] }), 412, 'edit_conflict');
    expect((await round.save(assigned, { version: 1, scores: [] })).json()).toMatchObject({
      review: { version: 2, scores: [], comments: [] },
    });
    expectProblem(await round.submit(assigned, 1), 412, 'edit_conflict');
  });

  test('two tabs from the same version: one wins, the other is told, nothing is mixed', async () => {
    const { assigned } = people();
    const bodies = [1, 2, 3, 4].map((level) => ({ scores: [round.scoreOf(0, { level })] }));
    const replies = await Promise.all(bodies.map((body) => round.save(assigned, body)));
    const winner = replies.findIndex((reply) => reply.status === 200);
    for (const [i, reply] of replies.entries()) if (i !== winner) expectProblem(reply, 412, 'edit_conflict');
    const { review } = (await round.get(assigned)).json<ReviewReply>();
    expect(review.scores.map((score) => score.level)).toEqual([winner + 1]);
  });

  test('incomplete is refused by name; submitted once, and never changed', async () => {
    const { assigned } = people();
    const nothing = await round.submit(assigned, 0);
    expectProblem(nothing, 409, 'review_incomplete');
    await round.save(assigned, { scores: [round.scoreOf(0)] });
    const refused = await round.submit(assigned);
    expectProblem(refused, 409, 'review_incomplete');
    expect(refused.json<Problem>().errors).toEqual([
      { pointer: `/scores/${round.position.criteria[1]!.criterionId}`, detail: 'missing' },
    ]);
    await round.save(assigned, { version: 1 });
    const replies = await Promise.all(Array.from({ length: 20 }, () => round.submit(assigned, 2)));
    expect(new Set(replies.map((reply) => `${reply.status} ${reply.text}`)).size).toBe(1);
    expect(replies[0]!.json()).toMatchObject({ review: { state: 'submitted' }, othersWithheld: false });
    expectProblem(await round.save(assigned, { version: 3, scores: [] }), 409, 'review_submitted');
    const acts = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query(`SELECT 1 FROM audit_event WHERE action = 'review.submitted' AND subject_id = $1`, [
        round.answerId,
      ]),
    );
    expect(acts).toHaveLength(1);
  });

  test('a closed round takes no more scores', async () => {
    const { assigned } = people();
    await round.save(assigned);
    const closing = (state: string) =>
      service.database.inOrganisation(world.ours.organisationId, (tx) =>
        tx.em.query(`UPDATE round SET state = $2 WHERE id = $1`, [round.roundId, state]),
      );
    await closing('closed');
    expectProblem(await round.save(assigned, { version: 1 }), 409, 'round_closed');
    expectProblem(await round.submit(assigned), 409, 'round_closed');
    await closing('open');
    expect((await round.submit(assigned)).status).toBe(200);
  });
});
