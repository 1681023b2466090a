import { expectProblem, refuses } from '../abuse';
import { ReviewRound } from '../review-round';
import { startTestApp, type TestApp } from '../test-app';
import { addMember, buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
beforeAll(async () => {
  service = await startTestApp();
});
beforeEach(async () => {
  world = await buildWorld(service.database);
});
afterAll(() => service?.close());

const path = '/api/v1/members';
const asAdmin = () => ({ cookies: [world.ours.people.admin.cookie] });
const change = (memberId: string, body: unknown) => ({
  ...{ method: 'PATCH', path: `${path}/${memberId}`, body },
  ...asAdmin(),
});
const invite = (body: object) => ({ method: 'POST', path, body, ...asAdmin() });

describe('it refuses', () => {
  refuses(
    () => service,
    [
      [
        'to demote the last admin',
        () => change(world.ours.people.admin.memberId, { role: 'recruiter' }),
        409,
        'last_admin',
      ],
      [
        'to disable the last admin',
        () => change(world.ours.people.admin.memberId, { disabled: true }),
        409,
        'last_admin',
      ],
      [
        'a role that does not exist',
        () => change(world.ours.people.assigned.memberId, { role: 'owner' }),
        400,
        'body_invalid',
      ],
      ['a change of nothing', () => change(world.ours.people.assigned.memberId, {}), 400, 'body_invalid'],
      ['an id that is none', () => change('1', { role: 'admin' }), 400, 'params_invalid'],
      [
        'a member that never was',
        () => change('01890000-0000-7000-8000-000000000000', { role: 'admin' }),
        404,
        'not_found',
      ],
      [
        'an address that belongs to a member',
        () => invite({ name: 'X', email: world.ours.people.assigned.email, role: 'reviewer' }),
        409,
        'already_member',
      ],
      [
        'a name of two lines',
        () => invite({ name: 'a\r\nb', email: 'x@example.org', role: 'reviewer' }),
        400,
        'body_invalid',
      ],
      [
        'a link for a disabled member',
        () => ({ method: 'POST', path: `${path}/${world.ours.people.disabled.memberId}/link`, ...asAdmin() }),
        409,
        'state_conflict',
      ],
    ],
  );
});

test('a change of role counts from the next request on, in every browser', async () => {
  const { recruiter } = world.ours.people;
  const list = () => service.http.get(path, { cookies: [recruiter.cookie] });
  expect((await list()).status).toBe(200);
  const { method, path: memberPath, ...request } = change(recruiter.memberId, { role: 'reviewer' });
  expect((await service.http.send(method, memberPath, request)).json()).toMatchObject({ role: 'reviewer' });
  expectProblem(await list(), 403, 'role_required');
});

test('a disabled member is out at once, and stays out until enabled and signed in again', async () => {
  const { recruiter } = world.ours.people;
  const session = () => service.http.get('/api/v1/session', { cookies: [recruiter.cookie] });
  const memberPath = `${path}/${recruiter.memberId}`;
  await service.http.patch(memberPath, { body: { disabled: true }, ...asAdmin() });
  expectProblem(await session(), 401, 'signed_out');
  const enabled = await service.http.patch(memberPath, { body: { disabled: false }, ...asAdmin() });
  expect(enabled.json()).toMatchObject({ state: 'active' });
  expectProblem(await session(), 401, 'signed_out');
});

test('two admins who remove each other at the same moment leave one', async () => {
  const { organisationId, canary, people } = world.ours;
  const second = await addMember(service.database, organisationId, {
    label: 'second',
    role: 'admin',
    canary,
  });
  const demote = (memberId: string, cookie: string) =>
    service.http.patch(`${path}/${memberId}`, { body: { role: 'reviewer' }, cookies: [cookie] });
  const replies = await Promise.all([
    demote(second.memberId, people.admin.cookie),
    demote(people.admin.memberId, second.cookie),
  ]);
  const admins = await service.database.inOrganisation(organisationId, (tx) => tx.members.lockActiveAdmins());
  expect(admins).toHaveLength(1);
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
});

test('an invited member appears as invited, and as active once they have joined', async () => {
  const body = { name: 'New', email: `new.${world.ours.canary}@example.org`, role: 'reviewer' };
  const invited = await service.http.post(path, { body, ...asAdmin() });
  expect(invited.status).toBe(201);
  const { link, member } = invited.json<{ link: string; member: { memberId: string; state: string } }>();
  expect(member.state).toBe('invited');
  expect(link).toMatch(/^http:\/\/localhost:3000\/welcome#[\w-]{43}$/);
  const joined = await service.http.post('/api/v1/account-links/accept', {
    body: { token: link.split('#')[1], name: 'New Name', password: 'quiet green bicycle' },
  });
  expect(joined.json()).toMatchObject({ memberId: member.memberId, name: 'New Name' });
  const { data } = (await service.http.get(path, asAdmin())).json<{
    data: { memberId: string; state: string }[];
  }>();
  expect(data.find((row) => row.memberId === member.memberId)).toMatchObject({ state: 'active' });
});

/** Open reviews of one answer by member, declined ones left out. */
const openReviews = (answerId: string): Promise<string[]> =>
  service.database.inOrganisation(world.ours.organisationId, async (tx) => {
    const rows = await tx.em.query<{ id: string }[]>(
      `SELECT member_id AS id FROM assignment WHERE answer_id = $1 AND state = 'open' ORDER BY member_id`,
      [answerId],
    );
    return rows.map((row) => row.id);
  });
const disable = async (memberId: string): Promise<void> => {
  const reply = await service.http.patch(`${path}/${memberId}`, { body: { disabled: true }, ...asAdmin() });
  expect(reply.json()).toMatchObject({ state: 'disabled' });
};

test('the open reviews of a disabled member go to the least busy reviewer who was not asked yet', async () => {
  const { assigned, unassigned, recruiter, admin } = world.ours.people;
  const round = await ReviewRound.open(service, world.ours);
  await round.sendAnswer();
  const { positionId } = round.position;
  const { organisationId, canary } = world.ours;
  const busy = await addMember(service.database, organisationId, { label: 'busy', role: 'reviewer', canary });
  await service.database.inOrganisation(organisationId, async (tx) => {
    for (const { memberId } of [admin, busy])
      await tx.em.query(
        'INSERT INTO position_reviewer (organisation_id, position_id, member_id) VALUES ($1, $2, $3)',
        [organisationId, positionId, memberId],
      );
    await tx.em.query(
      `INSERT INTO assignment (organisation_id, id, round_id, answer_id, member_id, due_at)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, now())`,
      [organisationId, round.roundId, world.ours.answerId, busy.memberId],
    );
  });
  await disable(assigned.memberId);
  const now = [unassigned, recruiter, admin].map((person) => person.memberId).sort();
  expect(await openReviews(round.answerId)).toEqual(now);
});

test('an interview is reviewed when everybody who can still sign in has reviewed it', async () => {
  const { assigned, unassigned, recruiter } = world.ours.people;
  const round = await ReviewRound.open(service, world.ours);
  await round.sendAnswer();
  for (const who of [unassigned, recruiter]) {
    expect((await round.save(who)).status).toBe(200);
    expect((await round.submit(who)).status).toBe(200);
  }
  await disable(assigned.memberId);
  expect(await openReviews(round.answerId)).toEqual([]);
  const board = await round.get(recruiter, `/api/v1/positions/${round.position.positionId}/interviews`);
  expect(board.json()).toMatchObject({ data: [{ state: 'reviewed' }] });
});

test('an organisation makes no password link for somebody who works in another one too', async () => {
  const { accountId, memberId } = world.ours.people.assigned;
  const renew = () => service.http.post(`${path}/${memberId}/link`, asAdmin());
  // A mere invitation from elsewhere takes nothing away.
  const elsewhere = await service.database.inOrganisation(world.theirs.organisationId, (tx) =>
    tx.members.create({ accountId, role: 'reviewer', invitedName: 'X' }),
  );
  expect((await renew()).status).toBe(200);
  await service.database.inOrganisation(world.theirs.organisationId, (tx) =>
    tx.em.query('UPDATE member SET joined_at = now(), invited_name = NULL WHERE id = $1', [
      elsewhere!.memberId,
    ]),
  );
  expectProblem(await renew(), 409, 'operator_needed');
});
