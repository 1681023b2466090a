import { makeOperatorLink } from '../../src/account-links/operator-link';
import { expectProblem, refuses } from '../abuse';
import { startTestApp, type TestApp } from '../test-app';
import { addMember, buildWorld, worldPassword, type World } from '../world';

let service: TestApp;
let world: World;
beforeAll(async () => {
  service = await startTestApp();
});
beforeEach(async () => {
  world = await buildWorld(service.database);
});
afterAll(() => service?.close());

const path = '/api/v1/account-links';
const newPassword = 'quiet green bicycle';
const post = (action: string, body: unknown) => ({ method: 'POST', path: `${path}/${action}`, body });
const accept = (token: string, password = newPassword) =>
  service.http.post(`${path}/accept`, { body: { token, password } });
const asAdmin = () => ({ cookies: [world.ours.people.admin.cookie] });
const tokenOf = (reply: { json<T>(): T }): string => reply.json<{ link: string }>().link.split('#')[1]!;

describe('it refuses', () => {
  refuses(
    () => service,
    [
      ['an unknown token', () => post('open', { token: 'A'.repeat(43) }), 404, 'link_unknown'],
      ['a token with a space', () => post('open', { token: `${'A'.repeat(42)} ` }), 400, 'body_invalid'],
      ['a truncated token', () => post('open', { token: 'A'.repeat(42) }), 400, 'body_invalid'],
      ['a token of look-alike letters', () => post('open', { token: 'А'.repeat(43) }), 400, 'body_invalid'],
      [
        "a candidate's token",
        () => post('open', { token: world.ours.interview.invitationToken }),
        404,
        'link_unknown',
      ],
      [
        'to set an installation up with an invitation',
        () =>
          post('set-up', {
            ...{ token: world.ours.accountLinkToken, organisation: 'Evil', name: 'Eve' },
            ...{ email: 'eve@example.org', password: newPassword },
          }),
        404,
        'link_unknown',
      ],
      [
        'a common password',
        () => post('accept', { token: world.ours.accountLinkToken, password: 'password1234' }),
        400,
        'body_invalid',
      ],
    ],
  );
});

test('opening a link a hundred times changes nothing; accepting it works once, even at the same moment', async () => {
  const token = world.ours.accountLinkToken;
  for (let count = 0; count < 100; count += 1)
    expect((await service.http.post(`${path}/open`, { body: { token } })).status).toBe(200);
  const replies = await Promise.all(Array.from({ length: 10 }, () => accept(token)));
  expect(replies.map((reply) => reply.status).sort()).toEqual([200, ...Array<number>(9).fill(404)]);
  expectProblem(await service.http.post(`${path}/open`, { body: { token } }), 404, 'link_unknown');
});

test('ten unknown links from one address close it for a minute; links of others go on', async () => {
  const from = '198.51.100.9';
  const body = { token: 'B'.repeat(43) };
  for (let count = 0; count < 10; count += 1)
    expect((await service.http.post(`${path}/open`, { body, from })).status).toBe(404);
  expectProblem(await service.http.post(`${path}/open`, { body, from }), 429, 'too_many_requests');
  const good = { body: { token: world.ours.accountLinkToken } };
  expectProblem(await service.http.post(`${path}/open`, { ...good, from }), 429, 'too_many_requests');
  expect((await service.http.post(`${path}/open`, good)).status).toBe(200);
  service.clock.advance(60_000);
  expect((await service.http.post(`${path}/open`, { ...good, from })).status).toBe(200);
});

test('a password-reset link sets a new password and ends every session; the old link ends with the new', async () => {
  const { assigned } = world.ours.people;
  const renew = () => service.http.post(`/api/v1/members/${assigned.memberId}/link`, asAdmin());
  const [older, newer] = [tokenOf(await renew()), tokenOf(await renew())];
  expect((await accept(older)).status).toBe(410);
  expect((await accept(newer)).status).toBe(200);
  expectProblem(await service.http.get('/api/v1/session', { cookies: [assigned.cookie] }), 401, 'signed_out');
  const signIn = (password: string) =>
    service.http.post('/api/v1/session', { body: { email: assigned.email, password } });
  expect((await signIn(worldPassword)).status).toBe(401);
  expect((await signIn(newPassword)).status).toBe(200);
});

test("an admin cannot take over an account of another organisation with an invitation's link", async () => {
  const victim = world.theirs.people.admin;
  const invited = await service.http.post('/api/v1/members', {
    ...asAdmin(),
    body: { name: 'Anybody', email: victim.email, role: 'reviewer' },
  });
  expect(invited.json()).toMatchObject({ member: { name: 'Anybody', state: 'invited' } });
  expect(invited.text).not.toContain(victim.name);
  const token = tokenOf(invited);
  expectProblem(await accept(token, newPassword), 401, 'sign_in_refused');
  const signIn = { body: { email: victim.email, password: worldPassword } };
  expect((await service.http.post('/api/v1/session', signIn)).json()).toMatchObject({ name: victim.name });
  // The person themselves joins with the password they have.
  expect((await accept(token, worldPassword)).json()).toMatchObject({ role: 'reviewer' });
});

test('nor with a password reset once the person works in both', async () => {
  const shared = await addMember(service.database, world.ours.organisationId, {
    ...{ label: 'shared', role: 'reviewer', canary: world.ours.canary },
  });
  await service.database.inOrganisation(world.theirs.organisationId, (tx) =>
    tx.members.create({ accountId: shared.accountId, role: 'reviewer', joinedAt: new Date() }),
  );
  const reset = await service.http.post(`/api/v1/members/${shared.memberId}/link`, asAdmin());
  expectProblem(reset, 409, 'operator_needed');
  const signIn = { body: { email: shared.email, password: worldPassword } };
  expect((await service.http.post('/api/v1/session', signIn)).status).toBe(200);
});

const operatorToken = async (email: string): Promise<string> => {
  const made = await makeOperatorLink(service.database, {
    ...{ email, publicUrl: 'http://localhost:3000', now: service.clock.now() },
  });
  return made!.link.split('#')[1]!;
};

test('who invites a person cannot choose the password they need elsewhere; the operator lets them in', async () => {
  const email = `victim.${world.ours.canary}@example.org`;
  const inviteFrom = async ({ people }: World['ours']): Promise<string> => {
    const body = { name: 'Victim', email, role: 'reviewer' };
    return tokenOf(await service.http.post('/api/v1/members', { body, cookies: [people.admin.cookie] }));
  };
  const [ours, theirs] = [await inviteFrom(world.ours), await inviteFrom(world.theirs)];
  // Their admin opens the link they hold.
  expectProblem(await accept(theirs, 'password of the rival'), 409, 'operator_needed');
  expectProblem(await accept(ours), 409, 'operator_needed');
  const operators = await operatorToken(email.toUpperCase());
  expect((await service.http.post(`${path}/open`, { body: { token: operators } })).json()).toMatchObject({
    ...{ purpose: 'password_reset', email },
  });
  expect((await accept(operators)).json()).toMatchObject({ organisationId: world.ours.organisationId });
  expect((await accept(theirs)).json()).toMatchObject({ organisationId: world.theirs.organisationId });
});

test("the operator's link replaces a password that somebody else chose, and no organisation can take it back", async () => {
  const { accountId, email, memberId, cookie } = world.theirs.people.assigned;
  await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.members.create({ accountId, role: 'reviewer', joinedAt: new Date() }),
  );
  const token = await operatorToken(email);
  await service.database.inOrganisation(world.theirs.organisationId, (tx) =>
    tx.accountLinks.revokeOfMember(memberId),
  );
  expect((await accept(token)).status).toBe(200);
  expectProblem(await accept(token), 404, 'link_unknown');
  expectProblem(await service.http.get('/api/v1/session', { cookies: [cookie] }), 401, 'signed_out');
  const signIn = { body: { email, password: newPassword } };
  expect((await service.http.post('/api/v1/session', signIn)).status).toBe(200);
});

test("accepting a link ends the session the browser had before, somebody else's too", async () => {
  const { cookie } = world.ours.people.recruiter;
  const body = { token: world.ours.accountLinkToken, password: newPassword };
  const accepted = await service.http.post(`${path}/accept`, { body, cookies: [cookie] });
  expect(accepted.status).toBe(200);
  expectProblem(await service.http.get('/api/v1/session', { cookies: [cookie] }), 401, 'signed_out');
  expect((await service.http.get('/api/v1/session', { cookies: accepted.cookies })).status).toBe(200);
});
