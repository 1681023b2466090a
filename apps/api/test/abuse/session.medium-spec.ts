import { refuses, expectProblem } from '../abuse';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, openSession, worldPassword, type World } from '../world';

let service: TestApp;
let world: World;
beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
});
afterAll(() => service?.close());

const path = '/api/v1/session';
const signIn = (body: unknown) => ({ method: 'POST', path, body });
const own = () => world.ours.people;
const minutes = (count: number): number => count * 60 * 1000;

describe('it refuses', () => {
  refuses(
    () => service,
    [
      [
        'a wrong password',
        () => signIn({ email: own().admin.email, password: 'wrong' }),
        401,
        'sign_in_refused',
      ],
      [
        'an unknown address',
        () => signIn({ email: 'nobody@example.org', password: 'x' }),
        401,
        'sign_in_refused',
      ],
      [
        'a disabled member with the right password',
        () => signIn({ email: own().disabled.email, password: worldPassword }),
        401,
        'sign_in_refused',
      ],
      [
        'an organisation one does not belong to',
        () => signIn({ ...credentials(), organisationId: world.theirs.organisationId }),
        401,
        'sign_in_refused',
      ],
      [
        'a password of a thousand characters',
        () => signIn({ email: 'a@b.org', password: 'x'.repeat(1_000) }),
        400,
        'body_invalid',
      ],
      [
        'a made-up cookie',
        () => ({ method: 'GET', path, cookies: [`fairtake=${'A'.repeat(43)}`] }),
        401,
        'signed_out',
      ],
      [
        'a cookie that is no token',
        () => ({ method: 'GET', path, cookies: ["fairtake=' OR 1=1"] }),
        401,
        'signed_out',
      ],
      [
        "a candidate's cookie",
        () => ({ method: 'GET', path, cookies: [world.ours.interview.cookie] }),
        401,
        'signed_out',
      ],
      [
        "a candidate's token under the staff name",
        () => ({ method: 'GET', path, cookies: [`fairtake=${world.ours.interview.cookie.split('=')[1]}`] }),
        401,
        'signed_out',
      ],
    ],
  );
});

const credentials = () => ({ email: own().admin.email, password: worldPassword });

test('a session opens, shows, and ends for good', async () => {
  const opened = await service.http.post(path, { body: credentials() });
  expect(opened.json()).toMatchObject({
    email: own().admin.email,
    organisationId: world.ours.organisationId,
    role: 'admin',
  });
  expect(opened.headers['set-cookie']?.[0]).toMatch(/^fairtake=[\w-]{43}; .*HttpOnly; SameSite=Lax$/);
  const { cookies } = opened;
  expect((await service.http.get(path, { cookies })).status).toBe(200);
  expect((await service.http.delete(path, { cookies })).status).toBe(204);
  expectProblem(await service.http.get(path, { cookies }), 401, 'signed_out');
});

test('signing in again in the same browser ends the session before', async () => {
  const { cookies } = await service.http.post(path, { body: credentials() });
  await service.http.post(path, { body: credentials(), cookies });
  expectProblem(await service.http.get(path, { cookies }), 401, 'signed_out');
});

test('a person of two organisations signs in to one and changes to the other', async () => {
  const { accountId, email } = own().recruiter;
  const { theirs, ours } = world;
  await service.database.inOrganisation(theirs.organisationId, (tx) =>
    tx.members.create({ accountId, role: 'reviewer', joinedAt: new Date() }),
  );
  const body = { email, password: worldPassword, organisationId: ours.organisationId };
  const opened = await service.http.post(path, { body });
  expect(opened.json()).toMatchObject({
    role: 'recruiter',
    memberships: [expect.anything(), expect.anything()],
  });
  const changed = await service.http.put(`${path}/organisation`, {
    body: { organisationId: theirs.organisationId },
    cookies: opened.cookies,
  });
  expect(changed.json()).toMatchObject({ role: 'reviewer', organisationId: theirs.organisationId });
  expectProblem(await service.http.get(path, { cookies: opened.cookies }), 401, 'signed_out');
});

test('a wrong password is limited for one person and address; the person gets in from elsewhere', async () => {
  const wrong = { body: { email: own().assigned.email, password: 'wrong' }, from: '198.51.100.1' };
  const right = { email: own().assigned.email, password: worldPassword };
  const replies = await Promise.all(Array.from({ length: 20 }, () => service.http.post(path, wrong)));
  expect(replies.filter((reply) => reply.status === 401)).toHaveLength(5);
  const limited = await service.http.post(path, { body: right, from: wrong.from });
  expectProblem(limited, 429, 'too_many_requests');
  expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  expect((await service.http.post(path, { body: right, from: '198.51.100.2' })).status).toBe(200);
  service.clock.advance(minutes(15));
  expect((await service.http.post(path, { body: right, from: wrong.from })).status).toBe(200);
});

test('the addresses of one IPv6 network count as one', async () => {
  const from = (number: number): string => `2001:db8:1:2:${number.toString(16)}::1`;
  const wrong = { email: own().assigned.email, password: 'wrong' };
  for (let number = 0; number < 5; number += 1)
    expect((await service.http.post(path, { body: wrong, from: from(number) })).status).toBe(401);
  expectProblem(await service.http.post(path, { body: wrong, from: from(5) }), 429, 'too_many_requests');
  const neighbour = await service.http.post(path, { body: wrong, from: '2001:db8:1:3::1' });
  expect(neighbour.status).toBe(401);
});

test('guesses from everywhere together are held to twenty a second', async () => {
  const guess = (number: number) =>
    service.http.post(path, {
      ...{ body: { email: `g${number}@example.org`, password: 'wrong' }, from: `198.51.100.${number}` },
    });
  service.clock.advance(1_000);
  const replies = await Promise.all(Array.from({ length: 60 }, (_, index) => guess(index + 10)));
  expect(replies.filter((reply) => reply.status === 429).length).toBeGreaterThan(0);
  service.clock.advance(1_000);
  expect((await service.http.post(path, { body: credentials() })).status).toBe(200);
});

test('a session ends two hours after it was last used, and twelve after it began', async () => {
  const { accountId, memberId } = own().unassigned;
  const member = { organisationId: world.ours.organisationId, accountId, memberId };
  const idle = await service.http.post(path, {
    body: { email: own().unassigned.email, password: worldPassword },
  });
  const busy = await service.http.post(path, {
    body: { email: own().unassigned.email, password: worldPassword },
  });
  for (let hour = 1; hour < 12; hour += 1) {
    service.clock.advance(minutes(59));
    expect((await service.http.get(path, { cookies: busy.cookies })).status).toBe(200);
    if (hour === 3) expectProblem(await service.http.get(path, { cookies: idle.cookies }), 401, 'signed_out');
  }
  service.clock.advance(minutes(80));
  expectProblem(await service.http.get(path, { cookies: busy.cookies }), 401, 'signed_out');
  expectProblem(
    await service.http.get(path, { cookies: [await openSession(service.database, member)] }),
    401,
    'signed_out',
  );
});

test('no password, token or address reaches the log', () => {
  expect(service.log()).not.toContain(worldPassword);
  expect(service.log()).not.toContain(world.ours.canary);
  expect(service.log()).toContain('"route":"/api/v1/session"');
});
