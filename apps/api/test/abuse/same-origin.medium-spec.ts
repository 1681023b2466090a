import { RouteTable, type Route } from '../../src/routes/route-table';
import { refuses } from '../abuse';
import { authorisationMatrix } from '../authorisation-matrix';
import { requestOf } from '../matrix-request';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, worldPassword, type World } from '../world';

let service: TestApp;
let world: World;
beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
});
afterAll(() => service?.close());

const senders: Record<string, Record<string, string>> = {
  'another site': { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  'another site that names our origin': { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' },
  'a sister site': { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:3000' },
  'no page, with a foreign origin': { 'sec-fetch-site': 'none', origin: 'https://evil.example' },
  'an old browser on another site': { 'sec-fetch-site': '', origin: 'https://evil.example' },
  'an old browser with a foreign referer': {
    'sec-fetch-site': '',
    referer: 'https://evil.example/localhost:3000',
  },
  'a sandboxed frame': { 'sec-fetch-site': '', origin: 'null' },
  'a client without any of these headers': { 'sec-fetch-site': '' },
};

const unsafe = Object.entries(authorisationMatrix).filter(([key]) => !key.startsWith('GET '));

describe.each(unsafe)('%s refuses', (key, row) => {
  refuses(
    () => service,
    Object.entries(senders).map(([name, headers]) => [
      name,
      () => {
        const { method, path, request } = requestOf(key, row, world);
        const cookies = [world.ours.people.admin.cookie, world.ours.interview.cookie];
        return { method, path, ...request, cookies, headers: { ...request.headers, ...headers } };
      },
      403,
      'cross_site',
    ]),
  );
});

test.each([
  ['an old browser on our page', { 'sec-fetch-site': '', origin: 'http://localhost:3000' }],
  [
    'an old browser that sends a referer only',
    { 'sec-fetch-site': '', referer: 'http://localhost:3000/sign-in' },
  ],
])('%s gets in', async (_name, headers) => {
  const body = { email: world.ours.people.admin.email, password: worldPassword };
  expect((await service.http.post('/api/v1/session', { body, headers })).status).toBe(200);
});

test('no GET route is declared to change anything: every unsafe method is in the table above', () => {
  const routes: Route[] = service.app.get(RouteTable).list();
  const methods = new Set(routes.map((route) => route.method));
  expect(
    [...methods].filter((method) => !['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)),
  ).toEqual([]);
});
