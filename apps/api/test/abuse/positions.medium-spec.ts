import type { PositionDraft, PositionList, PositionView, Problem } from '@fairtake/contracts';
import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { criterionDraft, positionDraft, questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let recruiter: RecruitingClient;
let cookies: readonly string[];

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  cookies = [world.ours.people.recruiter.cookie];
  recruiter = new RecruitingClient(service.http, cookies);
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const path = '/api/v1/positions';
const create = (body: object) => ({ method: 'POST', path, body: { ...positionDraft(), ...body }, cookies });
const question = (over: object) => create({ questions: [{ ...questionDraft(), ...over }] });
const criterion = (over: object) => create({ criteria: [{ ...criterionDraft([]), ...over }] });
const draftOf = (view: PositionView): PositionDraft => {
  const { positionId: _id, state: _s, rubricVersion: _r, version: _v, publishedAt: _p, ...draft } = view;
  return draft;
};
const save = (view: PositionView, over: Partial<PositionDraft>, ifMatch = `"${view.version}"`) =>
  service.http.put(`${path}/${view.positionId}`, {
    ...{ cookies, headers: { 'if-match': ifMatch } },
    body: { ...draftOf(view), ...over },
  });
const reviewer = (): string => world.ours.people.assigned.memberId;

describe('a draft is refused with', () => {
  refuses(
    () => service,
    [
      ['no title', () => create({ title: {} }), 400, 'body_invalid'],
      ['a title in no language', () => create({ title: { __en: 'x' } }), 400, 'body_invalid'],
      ['an empty title', () => create({ title: { en: '  ' } }), 400, 'body_invalid'],
      ['NUL in a title', () => create({ title: { en: 'a\u0000b' } }), 400, 'body_invalid'],
      ['NUL in the time zone', () => create({ timeZone: 'Europe\u0000' }), 400, 'body_invalid'],
      ['half a character in a question', () => question({ text: { en: '\ud800' } }), 400, 'body_invalid'],
      ['no language', () => create({ languages: [] }), 400, 'body_invalid'],
      ['the year 0', () => create({ deadlineAt: '0000-01-01T00:00:00Z' }), 400, 'body_invalid'],
      ['the year 9999', () => create({ deadlineAt: '9999-12-31T23:59:59-14:00' }), 400, 'body_invalid'],
      ['a day that is none', () => create({ deadlineAt: '2026-02-30T00:00:00Z' }), 400, 'body_invalid'],
      ['zero reviewers per answer', () => create({ reviewersPerAnswer: 0 }), 400, 'body_invalid'],
      ['a third of a reviewer', () => create({ reviewersPerAnswer: 1 / 3 }), 400, 'body_invalid'],
      ['a hundred years of keeping', () => create({ retentionDays: 36_500 }), 400, 'body_invalid'],
      ['an answer of no time', () => question({ answerSeconds: 0 }), 400, 'body_invalid'],
      ['an answer of a day', () => question({ answerSeconds: 86_400 }), 400, 'body_invalid'],
      ['no takes', () => question({ takes: 0 }), 400, 'body_invalid'],
      ['a kind of question of its own', () => question({ kind: 'dance' }), 400, 'body_invalid'],
      [
        '21 questions',
        () => create({ questions: Array.from({ length: 21 }, () => questionDraft()) }),
        400,
        'body_invalid',
      ],
      ['a weight of nothing', () => criterion({ weight: 0 }), 400, 'body_invalid'],
      ['a weight that rounds to nothing', () => criterion({ weight: 1e-9 }), 400, 'body_invalid'],
      [
        'a level twice',
        () => criterion({ anchors: [1, 1].map((level) => ({ level, text: { en: 'x' } })) }),
        400,
        'body_invalid',
      ],
      ['level 6', () => criterion({ anchors: [{ level: 6, text: { en: 'x' } }] }), 400, 'body_invalid'],
      ['its own state', () => create({ state: 'open' }), 400, 'body_invalid'],
      ['an owner of its own', () => create({ ownerMemberId: reviewer() }), 400, 'body_invalid'],
      ['a reviewer who never was', () => create({ reviewerIds: [uuidv7()] }), 400, 'body_invalid'],
      [
        "another organisation's reviewer",
        () => create({ reviewerIds: [world.theirs.people.assigned.memberId] }),
        400,
        'body_invalid',
      ],
      [
        'a reviewer who has left',
        () => create({ reviewerIds: [world.ours.people.disabled.memberId] }),
        400,
        'body_invalid',
      ],
      [
        'a question id of another position',
        () => question({ questionId: world.ours.questionId }),
        400,
        'body_invalid',
      ],
      [
        'a criterion id of another position',
        () => criterion({ criterionId: world.ours.criterionId }),
        400,
        'body_invalid',
      ],
      [
        'one id for two questions',
        () => {
          const questionId = uuidv7();
          return create({ questions: [questionDraft({ questionId }), questionDraft({ questionId })] });
        },
        400,
        'body_invalid',
      ],
    ],
  );
});

test("another organisation's question id is no oracle: it is free here", async () => {
  const questions = [questionDraft({ questionId: world.theirs.questionId })];
  expect((await recruiter.createPosition({ questions })).questions).toEqual(questions);
});

test('what is saved comes back as it was', async () => {
  const questions = [
    questionDraft({ thinkSeconds: null }),
    questionDraft({ kind: 'audio', required: false }),
  ];
  const ids = questions.map((each) => each.questionId);
  const draft = positionDraft({
    ...{ title: { en: 'Engineer "=1+1" <b>', 'zh-CN': '工程师 😀' }, languages: ['en', 'zh-CN'], questions },
    criteria: [
      criterionDraft(ids, { weight: 33.33, lookFor: { en: 'Facts' } }),
      criterionDraft(ids.slice(1), { weight: 100 }),
    ],
    ...{ deadlineAt: '2030-05-01T10:00:00.000Z', reviewerIds: [reviewer()], blind: true, autoSubmit: true },
  });
  const view = await recruiter.createPosition(draft);
  expect(draftOf(view)).toEqual(draft);
  const shown = await service.http.get(`${path}/${view.positionId}`, { cookies });
  expect([shown.json(), shown.headers.etag]).toEqual([view, `"${view.version}"`]);
});

describe('editing', () => {
  test('needs If-Match, and the version it names', async () => {
    const view = await recruiter.createPosition();
    const body = draftOf(view);
    expectProblem(
      await service.http.put(`${path}/${view.positionId}`, { cookies, body }),
      428,
      'edit_condition_missing',
    );
    for (const ifMatch of [`"${view.version + 1}"`, '"0"', '*', `${view.version}`, '"x"', '"99999999999"'])
      expectProblem(await save(view, {}, ifMatch), 412, 'edit_conflict');
    expect((await save(view, {})).status).toBe(200);
    expectProblem(await save(view, {}), 412, 'edit_conflict');
  });

  test('twenty editors of one version: one wins, nobody is overwritten', async () => {
    const view = await recruiter.createPosition();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) => save(view, { title: { en: `Title ${i}` } })),
    );
    const winner = replies.findIndex((reply) => reply.status === 200);
    for (const [i, reply] of replies.entries()) if (i !== winner) expectProblem(reply, 412, 'edit_conflict');
    const shown = (await service.http.get(`${path}/${view.positionId}`, { cookies })).json<PositionView>();
    expect(shown.title).toEqual({ en: `Title ${winner}` });
  });

  test('a published position keeps questions, criteria and languages; the rest may change', async () => {
    const view = await recruiter.openPosition({ reviewerIds: [reviewer()] });
    for (const over of [
      { questions: [...view.questions, questionDraft()] },
      { questions: view.questions.map((each) => ({ ...each, takes: 9 })) },
      { criteria: view.criteria.map((each) => ({ ...each, weight: 2 })) },
      { languages: ['en', 'de'] },
    ])
      expectProblem(await save(view, over), 409, 'position_not_draft');
    const changed = await save(view, { title: { en: 'Another title' }, reviewersPerAnswer: 1 });
    expect(changed.json()).toMatchObject({ title: { en: 'Another title' }, state: 'open' });
  });

  test('and cannot be made one that could not be published', async () => {
    const view = await recruiter.openPosition({ reviewerIds: [reviewer()] });
    for (const [over, pointer] of [
      [{ timeZone: 'Mars/Phobos' }, '/timeZone'],
      [{ title: { de: 'Titel' } }, '/title/en'],
      [{ reviewerIds: [] }, '/reviewerIds'],
      [{ deadlineAt: '2020-01-01T00:00:00Z' }, '/deadlineAt'],
    ] as const) {
      const reply = await save(view, over as Partial<PositionDraft>);
      expectProblem(reply, 409, 'position_not_publishable');
      expect(reply.json<Problem>().errors).toMatchObject([{ pointer }]);
    }
  });

  test('keeps recordings no longer than candidates were told', async () => {
    const view = await recruiter.openPosition({ reviewerIds: [reviewer()] });
    const longer = await save(view, { retentionDays: view.retentionDays + 1 });
    expectProblem(longer, 409, 'position_not_draft');
    expect(longer.json<Problem>().errors).toMatchObject([{ pointer: '/retentionDays' }]);
    expect((await save(view, { retentionDays: view.retentionDays - 1 })).status).toBe(200);
  });

  test('names can be shown to reviewers only on the record', async () => {
    const view = await recruiter.openPosition({ reviewerIds: [reviewer()], blind: true });
    expect((await save(view, { blind: false })).status).toBe(200);
    const actions = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query<{ action: string }[]>('SELECT action FROM audit_event WHERE subject_id = $1', [
        view.positionId,
      ]),
    );
    expect(actions.map((event) => event.action)).toContain('position.unblinded');
  });

  test('a deadline gone by keeps nobody from correcting the title', async () => {
    const deadlineAt = new Date(Date.now() + 60_000).toISOString();
    const view = await recruiter.openPosition({ reviewerIds: [reviewer()], deadlineAt });
    service.clock.advance(120_000);
    expect((await save(view, { title: { en: 'Corrected' } })).status).toBe(200);
  });
});

describe('publishing', () => {
  const publish = (positionId: string) => service.http.post(`${path}/${positionId}/publish`, { cookies });

  test('names everything that is missing', async () => {
    const questions = [questionDraft(), questionDraft({ text: { de: 'Nur deutsch' } })];
    const view = await recruiter.createPosition({
      ...{ questions, deadlineAt: '2020-01-01T00:00:00Z', timeZone: 'Nowhere/Land' },
      criteria: [criterionDraft([questions[0]!.questionId], { anchors: [] })],
    });
    const reply = await publish(view.positionId);
    expectProblem(reply, 409, 'position_not_publishable');
    const pointers = reply.json<Problem>().errors!.map((error) => error.pointer);
    expect(pointers.sort()).toEqual(
      [
        ...['/criteria/0/anchors/1', '/criteria/0/anchors/3', '/criteria/0/anchors/5', '/deadlineAt'],
        ...['/questions/1', '/questions/1/text/en', '/reviewerIds', '/timeZone'],
      ].sort(),
    );
    expect((await service.http.get(`${path}/${view.positionId}`, { cookies })).json()).toMatchObject({
      state: 'draft',
    });
  });

  test('refuses a choice without anything to choose', async () => {
    const view = await recruiter.createPosition({
      ...{ questions: [questionDraft({ kind: 'choice' })], reviewerIds: [reviewer()] },
    });
    const reply = await publish(view.positionId);
    expectProblem(reply, 409, 'position_not_publishable');
    expect(reply.json<Problem>().errors).toEqual([
      { pointer: '/questions/0/settings/options', detail: 'too_few_options' },
    ]);
  });

  test('happens once, however often it is asked', async () => {
    const view = await recruiter.createPosition({ reviewerIds: [reviewer()] });
    const replies = await Promise.all(Array.from({ length: 10 }, () => publish(view.positionId)));
    expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
    for (const reply of replies) if (reply.status !== 200) expectProblem(reply, 409, 'position_not_draft');
    const rounds = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query('SELECT number FROM round WHERE position_id = $1', [view.positionId]),
    );
    expect(rounds).toEqual([{ number: 1 }]);
  });

  test('closing and reopening need the state before', async () => {
    const draft = await recruiter.createPosition({ reviewerIds: [reviewer()] });
    const change = (what: string) => service.http.post(`${path}/${draft.positionId}/${what}`, { cookies });
    for (const what of ['close', 'reopen']) expectProblem(await change(what), 409, 'state_conflict');
    await change('publish');
    expectProblem(await change('reopen'), 409, 'state_conflict');
    expect((await change('close')).json()).toMatchObject({ state: 'closed' });
    expectProblem(await change('close'), 409, 'state_conflict');
    expect((await change('reopen')).json()).toMatchObject({ state: 'open' });
  });
});

describe('lists', () => {
  refuses(
    () => service,
    ['0', '-1', '1e9', '201', 'x', '1.5', 'NaN'].map((limit) => [
      `limit ${limit}`,
      () => ({ method: 'GET', path: `${path}?limit=${limit}`, cookies }),
      400,
      'params_invalid',
    ]),
  );
  refuses(
    () => service,
    [
      'x',
      'null',
      '%00',
      'OTk5OTk5OTk5OTk5OTk5LjA',
      'A'.repeat(401),
      Buffer.from('1.1').toString('base64url'),
    ].map((cursor) => [
      `cursor ${cursor.slice(0, 30)}`,
      () => ({ method: 'GET', path: `${path}?cursor=${cursor}`, cookies }),
      400,
      'params_invalid',
    ]),
  );
  refuses(
    () => service,
    ['sort=title', 'limit=1&limit=2', 'organisationId=x', 'limit[]=1'].map((query) => [
      query,
      () => ({ method: 'GET', path: `${path}?${query}`, cookies }),
      400,
      'params_invalid',
    ]),
  );

  test('pages of any size together are the list, and hold nothing of others', async () => {
    const all = (await service.http.get(`${path}?limit=200`, { cookies })).json<PositionList>();
    expect(all.data.length).toBeGreaterThan(10);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async (limit) => {
        const seen: string[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const query: string = `limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`;
          const page: PositionList = (await service.http.get(`${path}?${query}`, { cookies })).json();
          seen.push(...page.data.map((each) => each.positionId));
          cursor = page.nextCursor;
        }
        expect(seen).toEqual(all.data.map((each) => each.positionId));
      }),
      { numRuns: 4 },
    );
    const [first] = (await service.http.get(`${path}?limit=1`, { cookies })).json<PositionList>().data;
    const { nextCursor } = (await service.http.get(`${path}?limit=1`, { cookies })).json<PositionList>();
    const abroad = await service.http.get(`${path}?cursor=${nextCursor}`, {
      cookies: [world.theirs.people.admin.cookie],
    });
    expect([abroad.status, abroad.text.includes(first!.positionId)]).toEqual([200, false]);
  });
});
