import { RouteTable, type Route } from '../src/routes/route-table';
import { actorNames, cookiesOf, type ActorName } from './actors';
import { authorisationMatrix, type MatrixRow } from './authorisation-matrix';
import type { HttpReply } from './http-client';
import { requestOf } from './matrix-request';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type OrganisationInWorld, type World } from './world';

let service: TestApp;
/** Shared by requests that change nothing: refused ones, and reads. */
let world: World;
let routes: Route[];

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database, service.storage);
  routes = service.app.get(RouteTable).list();
});
afterAll(() => service?.close());

const keyOf = (route: Pick<Route, 'method' | 'path'>): string => `${route.method} ${route.path}`;

test('every route has a row, and every row a route', () => {
  expect(routes.map(keyOf).sort()).toEqual(Object.keys(authorisationMatrix).sort());
});

describe.each(Object.entries(authorisationMatrix))('%s', (key, row) => {
  test.each(actorNames)('%s', async (actor) => {
    const expected = row.outcome[actor];
    const opens = expected >= 200 && expected < 300;
    const visited =
      opens && !key.startsWith('GET ') ? await buildWorld(service.database, service.storage) : world;
    const reply = await send(key, row, actor, visited);
    expect({ status: reply.status, body: opens ? '' : reply.text.slice(0, 300) }).toMatchObject({
      status: expected,
    });
    if (reply.status >= 400) expect(reply.headers['content-type']).toContain('application/problem+json');
    expectNothingOf(foreignTo(actor, row, visited), reply);
  });
});

const send = (key: string, row: MatrixRow, actor: ActorName, visited: World): Promise<HttpReply> => {
  const { method, path, request } = requestOf(key, row, visited);
  return service.http.send(method, path, { ...request, cookies: cookiesOf(actor, visited) });
};

/** The organisations an actor must never see a trace of. */
const foreignTo = (actor: ActorName, row: MatrixRow, { ours, theirs }: World): OrganisationInWorld[] => {
  if (row.bearer) return [theirs];
  if (actor === 'anonymous') return [ours, theirs];
  return [actor.startsWith('their') ? ours : theirs];
};

const expectNothingOf = (organisations: OrganisationInWorld[], reply: HttpReply): void => {
  const seen = `${reply.text}${JSON.stringify(reply.headers)}`;
  for (const { canary, organisationId } of organisations) {
    expect(seen).not.toContain(canary);
    expect(seen).not.toContain(organisationId);
  }
};
