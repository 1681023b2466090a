import { SetUpService } from '../src/account-links/set-up.service';
import { expectProblem } from './abuse';
import { startTestApp, type TestApp } from './test-app';

let service: TestApp;
beforeEach(async () => {
  service = await startTestApp();
});
afterEach(() => service?.close());

const path = '/api/v1/account-links';
const password = 'quiet green bicycle';
const firstAdmin = { organisation: 'First', name: 'Ada', email: 'ada@example.org', password };

/** The token of the link that start-up prints; null when it prints none. */
async function printedToken(): Promise<string | null> {
  let printed = '';
  await service.app.get(SetUpService).offerSetUpLink((text) => (printed += text));
  return /http:\/\/localhost:3000\/welcome#([\w-]{43})/.exec(printed)?.[1] ?? null;
}

test('the printed link makes the first organisation and signs its admin in, once', async () => {
  const token = await printedToken();
  expect((await service.http.post(`${path}/open`, { body: { token } })).json()).toMatchObject({
    purpose: 'set_up',
    email: null,
  });
  const reply = await service.http.post(`${path}/set-up`, { body: { token, ...firstAdmin } });
  expect(reply.json()).toMatchObject({ role: 'admin', organisation: 'First', email: 'ada@example.org' });
  expect((await service.http.get('/api/v1/members', { cookies: reply.cookies })).status).toBe(200);
  expectProblem(
    await service.http.post(`${path}/set-up`, { body: { token, ...firstAdmin } }),
    404,
    'link_unknown',
  );
  expect(await printedToken()).toBeNull();
  expect(service.log()).not.toContain(token);
});

test('of twenty at the same moment one makes it', async () => {
  const token = await printedToken();
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      service.http.post(`${path}/set-up`, {
        body: { token, ...firstAdmin, email: `ada${number}@example.org` },
      }),
    ),
  );
  expect(replies.filter((reply) => reply.status === 200)).toHaveLength(1);
  expect(replies.every((reply) => [200, 404, 409].includes(reply.status))).toBe(true);
  const organisations = await service.database.ops.organisationIds();
  expect(organisations).toHaveLength(1);
});

test('a new start prints a new link and ends the older; a link lasts a day', async () => {
  const [older, newer] = [await printedToken(), await printedToken()];
  expectProblem(await service.http.post(`${path}/open`, { body: { token: older } }), 410, 'link_expired');
  service.clock.advance(24 * 60 * 60 * 1000);
  expectProblem(
    await service.http.post(`${path}/set-up`, { body: { token: newer, ...firstAdmin } }),
    410,
    'link_expired',
  );
});

test('a password that anybody would try first is refused with its field', async () => {
  const token = await printedToken();
  const reply = await service.http.post(`${path}/set-up`, {
    body: { token, ...firstAdmin, password: 'Password1234' },
  });
  expectProblem(reply, 400, 'body_invalid');
  expect(reply.json()).toMatchObject({ errors: [{ pointer: '/password' }] });
});
