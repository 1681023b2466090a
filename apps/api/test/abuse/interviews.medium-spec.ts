import type { Board, BoardRow, Comparison, PositionView } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let recruiter: RecruitingClient;
let position: PositionView;
let cookies: readonly string[];

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  cookies = [world.ours.people.recruiter.cookie];
  recruiter = new RecruitingClient(service.http, cookies);
  position = await recruiter.openPosition({ reviewerIds: [world.ours.people.assigned.memberId] });
});
afterAll(() => service?.close());

const person = { name: 'Kim Candidate', email: 'kim@example.org', locale: 'en' };
const invite = (body: object, positionId: string = position.positionId) => ({
  ...{ method: 'POST', path: `/api/v1/positions/${positionId}/invitations`, cookies },
  body: { ...person, ...body },
});
const board = async (positionId = position.positionId): Promise<BoardRow[]> =>
  (await service.http.get(`/api/v1/positions/${positionId}/interviews`, { cookies })).json<Board>().data;

describe('inviting refuses', () => {
  afterEach(async () => expect(await board()).toEqual([]));
  refuses(
    () => service,
    [
      ['no name', () => invite({ name: ' ' }), 400, 'body_invalid'],
      ['a name of two lines', () => invite({ name: 'Kim\r\nBcc: all@example.org' }), 400, 'body_invalid'],
      ['NUL in a name', () => invite({ name: 'Kim\u0000' }), 400, 'body_invalid'],
      ['two addresses', () => invite({ email: 'a@example.org,b@example.org' }), 400, 'body_invalid'],
      [
        'an address with a header',
        () => invite({ email: 'a@example.org\nBcc: b@example.org' }),
        400,
        'body_invalid',
      ],
      ['a language that is not offered', () => invite({ locale: 'de' }), 400, 'body_invalid'],
      ['a deadline gone by', () => invite({ deadlineAt: '2020-01-01T00:00:00Z' }), 400, 'body_invalid'],
      [
        'a deadline beyond time',
        () => invite({ deadlineAt: '9999-12-31T23:59:59-14:00' }),
        400,
        'body_invalid',
      ],
      ['a token of its own', () => invite({ token: 'A'.repeat(43) }), 400, 'body_invalid'],
      ['a draft', () => invite({}, world.ours.draftPosition.positionId), 409, 'position_not_open'],
      ['a closed position', () => invite({}, world.ours.closedPositionId), 409, 'position_not_open'],
      ['a position that never was', () => invite({}, uuidv7()), 404, 'not_found'],
      ["another organisation's position", () => invite({}, world.theirs.positionId), 404, 'not_found'],
    ],
  );
});

test('fifty invitations of one person at once are one, and only its token opens', async () => {
  const own = await recruiter.openPosition({ reviewerIds: position.reviewerIds });
  const request = invite({}, own.positionId);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      // However it is written, it is the same address.
      service.http.send(request.method, request.path, {
        ...{ cookies, body: { ...request.body, email: i % 2 ? person.email : person.email.toUpperCase() } },
      }),
    ),
  );
  expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
  for (const reply of replies) if (reply.status !== 201) expectProblem(reply, 409, 'already_invited');
  expect(await board(own.positionId)).toHaveLength(1);
});

test('the same person may be invited to another position, and people without an address to one', async () => {
  const [one, other] = [
    await recruiter.openPosition({ reviewerIds: position.reviewerIds }),
    await recruiter.openPosition({ reviewerIds: position.reviewerIds }),
  ];
  for (const { positionId } of [one, other]) await recruiter.invite(positionId, { email: 'lee@example.org' });
  await Promise.all(Array.from({ length: 10 }, () => recruiter.invite(one.positionId)));
  const rows = await board(one.positionId);
  expect(rows.map((row) => row.email).filter(Boolean)).toEqual(['lee@example.org']);
  expect(rows).toHaveLength(11);
});

test('who is invited again keeps the name they are known by', async () => {
  const email = 'noor@example.org';
  const other = await recruiter.openPosition({ reviewerIds: position.reviewerIds });
  await recruiter.invite(position.positionId, { email, name: 'Noor Haddad' });
  await recruiter.invite(other.positionId, { email, name: 'Somebody Else' });
  const rows = [...(await board()), ...(await board(other.positionId))].filter((row) => row.email === email);
  expect(rows.map((row) => row.name)).toEqual(['Noor Haddad', 'Noor Haddad']);
});

test('a link is shown once and stored as a hash only', async () => {
  const { token, interviewId } = await recruiter.invite(position.positionId, { email: 'once@example.org' });
  const [row] = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.em.query<{ row: string }[]>('SELECT v::text AS row FROM invitation v WHERE interview_id = $1', [
      interviewId,
    ]),
  );
  expect(row!.row).not.toContain(token);
  expect(row!.row).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  expect(JSON.stringify(await board())).not.toContain(token);
});

describe('links of an interview', () => {
  const invitation = (interviewId: string, method = 'POST') => ({
    ...{ method, path: `/api/v1/interviews/${interviewId}/invitation`, cookies },
  });
  refuses(
    () => service,
    ['POST', 'DELETE'].flatMap((method) => [
      [`${method} of nothing`, () => invitation(uuidv7(), method), 404, 'not_found'] as const,
      [
        `${method} of another organisation`,
        () => invitation(world.theirs.interview.interviewId, method),
        404,
        'not_found',
      ] as const,
      [`${method} of an id that is none`, () => invitation('1', method), 400, 'params_invalid'] as const,
    ]),
  );

  test('revoking twice is one act, and the board says so until a new link is made', async () => {
    const { interviewId } = await recruiter.invite(position.positionId, { email: 'r@example.org' });
    const row = async () => (await board()).find((each) => each.interviewId === interviewId)!;
    expect((await row()).invitationRevoked).toBe(false);
    for (let i = 0; i < 2; i += 1) {
      const { method, path } = invitation(interviewId, 'DELETE');
      expect((await service.http.send(method, path, { cookies })).status).toBe(204);
    }
    expect((await row()).invitationRevoked).toBe(true);
    const acts = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query('SELECT action FROM audit_event WHERE subject_id = $1 ORDER BY at, id', [interviewId]),
    );
    expect(acts).toEqual([{ action: 'invitation.created' }, { action: 'invitation.revoked' }]);
    await service.http.post(invitation(interviewId).path, { cookies });
    expect((await row()).invitationRevoked).toBe(false);
  });
});

describe('shortlisting', () => {
  const shortlist = (interviewId: string, body: object = { shortlisted: true }) => ({
    ...{ method: 'PUT', path: `/api/v1/interviews/${interviewId}/shortlist`, cookies, body },
  });
  refuses(
    () => service,
    [
      ['what was not sent', () => shortlist(world.ours.interview.interviewId), 409, 'state_conflict'],
      ['nothing', () => shortlist(uuidv7()), 404, 'not_found'],
      ['of another organisation', () => shortlist(world.theirs.sentInterview.interviewId), 404, 'not_found'],
      [
        'maybe',
        () => shortlist(world.ours.sentInterview.interviewId, { shortlisted: 'maybe' }),
        400,
        'body_invalid',
      ],
      [
        'with a decision',
        () => shortlist(world.ours.sentInterview.interviewId, { shortlisted: true, decided: true }),
        400,
        'body_invalid',
      ],
    ],
  );

  test('goes on and off', async () => {
    const { interviewId } = world.ours.sentInterview;
    for (const [shortlisted, state] of [
      [true, 'shortlist'],
      [true, 'shortlist'],
      [false, 'received'],
    ] as const) {
      const { method, path, body } = shortlist(interviewId, { shortlisted });
      const reply = await service.http.send(method, path, { cookies, body });
      expect(reply.json()).toMatchObject({ shortlisted, state });
    }
  });
});

describe('compare', () => {
  const compare = (query: Record<string, string>, positionId: string = world.ours.positionId) => ({
    method: 'GET',
    path: `/api/v1/positions/${positionId}/compare?${new URLSearchParams(query)}`,
    cookies,
  });
  const one = (): string => world.ours.sentInterview.interviewId;
  const two = (): string => world.ours.interview.interviewId;
  refuses(
    () => service,
    [
      ['refuses one alone', () => compare({ interviews: one() }), 400, 'params_invalid'],
      ['refuses one twice', () => compare({ interviews: `${one()},${one()}` }), 400, 'params_invalid'],
      [
        'refuses five',
        () => compare({ interviews: Array.from({ length: 5 }, () => uuidv7()).join() }),
        400,
        'params_invalid',
      ],
      ['refuses words', () => compare({ interviews: 'a,b' }), 400, 'params_invalid'],
      ['refuses no list', () => compare({}), 400, 'params_invalid'],
      ['refuses strangers', () => compare({ interviews: `${one()},${uuidv7()}` }), 404, 'not_found'],
      [
        "refuses another organisation's",
        () => compare({ interviews: `${one()},${world.theirs.interview.interviewId}` }),
        404,
        'not_found',
      ],
      [
        "refuses another position's",
        () => compare({ interviews: `${one()},${two()}` }, position.positionId),
        404,
        'not_found',
      ],
      [
        'refuses a question that never was',
        () => compare({ interviews: `${one()},${two()}`, question: uuidv7() }),
        404,
        'not_found',
      ],
      [
        "refuses another position's question",
        () => compare({ interviews: `${one()},${two()}`, question: position.questions[0]!.questionId }),
        404,
        'not_found',
      ],
    ],
  );

  test('answers that were not sent are their candidate’s alone', async () => {
    const reply = await service.http.get(compare({ interviews: `${one()},${two()}` }).path, { cookies });
    const { panes } = reply.json<Comparison>();
    expect(panes.map((pane) => pane.media?.answerId ?? null)).toEqual([world.ours.answerId, null]);
    expect(reply.text).not.toContain(world.ours.takes.keptTakeId);
  });
});

test('a board of many pages is complete and in order', async () => {
  const own = await recruiter.openPosition({ reviewerIds: position.reviewerIds });
  for (let i = 0; i < 7; i += 1) await recruiter.invite(own.positionId, { name: `Candidate ${i}` });
  const seen: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = `limit=2${cursor ? `&cursor=${cursor}` : ''}`;
    const page: Board = (
      await service.http.get(`/api/v1/positions/${own.positionId}/interviews?${query}`, { cookies })
    ).json();
    seen.push(...page.data.map((row) => row.name));
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `Candidate ${i}`));
});
