import { expectProblem, refuses } from '../abuse';
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
