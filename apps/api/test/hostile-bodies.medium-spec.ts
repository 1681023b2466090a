import { cookiesOf, type ActorName } from './actors';
import { authorisationMatrix, type MatrixRow } from './authorisation-matrix';
import type { HttpReply, HttpRequest } from './http-client';
import { requestOf } from './matrix-request';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type World } from './world';

let service: TestApp;
let world: World;
beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
});
afterAll(() => service?.close());

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** Bodies that no route of ours can accept, whatever its schema. */
const hostileBodies: Record<string, Pick<HttpRequest, 'body' | 'headers'>> = {
  'no body': {},
  'an empty JSON body': { body: '', headers: { 'content-type': 'application/json', 'content-length': '0' } },
  null: { body: 'null' },
  'an array': { body: '[]' },
  'a string': { body: '"x"' },
  'a number beyond JavaScript': { body: '1e309' },
  'half an object': { body: '{"a":' },
  '10,000 levels': { body: nested(10_000) },
  '10,000 arrays': { body: `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}` },
  'a __proto__ key': { body: '{"__proto__":{"role":"admin"}}' },
  'a constructor key': { body: '{"constructor":{"prototype":{"role":"admin"}}}' },
  'an unknown field': { body: { 'no such field': '<script>alert(1)</script>' } },
  'NUL in a field': { body: '{"x\\u0000":"\\u0000"}' },
  'a lone surrogate': { body: '{"x":"\\ud800"}' },
  'invalid UTF-8': { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
  'a byte order mark': { body: Buffer.from('\ufeff{}') },
  'one megabyte': { body: { a: 'x'.repeat(1024 * 1024) } },
  'a form': { body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  'plain text': { body: '{}', headers: { 'content-type': 'text/plain' } },
  'another charset': { body: '{}', headers: { 'content-type': 'application/json; charset=utf-16' } },
  'a compressed body': { body: Buffer.from([0x1f, 0x8b, 8]), headers: { 'content-encoding': 'gzip' } },
};

/** A sender whom the row lets in, so that the body decides. */
const admitted = (row: MatrixRow): ActorName =>
  (Object.entries(row.outcome).find(([, status]) => status < 300)?.[0] as ActorName | undefined) ??
  'anonymous';

const rows = Object.entries(authorisationMatrix);
const jsonRows = rows.filter(([, row]) => row.body);
const bodilessRows = rows.filter(([key, row]) => !row.body && !row.takesBytes && !key.startsWith('GET '));

const send = (
  key: string,
  row: MatrixRow,
  change: Pick<HttpRequest, 'body' | 'headers'>,
): Promise<HttpReply> => {
  const { method, path, request } = requestOf(key, row, world);
  const headers = { ...request.headers, ...change.headers };
  return service.http.send(method, path, { ...change, headers, cookies: cookiesOf(admitted(row), world) });
};

const expectRefusal = (reply: HttpReply): void => {
  expect(`${reply.status} ${reply.text.slice(0, 300)}`).toMatch(/^4\d\d /);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.text).not.toContain('<script>');
};

describe.each(bodilessRows)('%s takes no body and refuses', (key, row) => {
  const sent = Object.entries(hostileBodies).filter(
    ([name]) => !['no body', 'an empty JSON body'].includes(name),
  );
  test.each(sent)('%s', async (_name, change) => {
    expectRefusal(await send(key, row, change));
  });
});

describe.each(jsonRows)('%s refuses', (key, row) => {
  test.each(Object.entries(hostileBodies))('%s', async (_name, change) => {
    expectRefusal(await send(key, row, change));
  });

  test.each([
    ['an extra field', { role: 'admin' }],
    ['another organisation in the body', { organisation_id: 'x' }],
  ])('a valid body with %s', async (_name, extra) => {
    expectRefusal(await send(key, row, { body: { ...(row.body!(world) as object), ...extra, extra: 1 } }));
  });

  // Some texts may hold anything that can be stored, so these may pass; what they must never do is break us.
  test.each([
    ['NUL', '\u0000'],
    ['a lone surrogate', '\ud800'],
    ['a right-to-left override', '\u202eabc'],
    ['a formula', '=cmd|calc'],
    ['line breaks', 'a\r\nSet-Cookie: b=c'],
    ['a very long text', 'x'.repeat(100_000)],
  ])('or survives %s in every text', async (_name, text) => {
    const valid = row.body!(world) as Record<string, unknown>;
    for (const field of Object.keys(valid).filter((name) => typeof valid[name] === 'string')) {
      const reply = await send(key, row, { body: { ...valid, [field]: text } });
      expect(`${reply.status} ${field}`).toMatch(/^[24]\d\d /);
    }
  });
});
