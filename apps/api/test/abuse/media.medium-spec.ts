import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import type { HttpReply } from '../http-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, openSession, type World } from '../world';

let service: TestApp;
let world: World;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database, service.storage);
});
afterAll(() => service?.close());

const base = (generation: number | string = 1, answerId: string = world.ours.answerId): string =>
  `/media/answers/${answerId}/${generation}`;
const cookies = (): string[] => [world.ours.people.assigned.cookie];
const get = (path: string, headers: Record<string, string> = {}): Promise<HttpReply> =>
  service.http.get(path, { cookies: cookies(), headers });
const fetching = (path: () => string) => () => ({ method: 'GET', path: path(), cookies: cookies() });
/** Every kind of address there is below an answer and its generation. */
const places = [
  '/playlists/source.m3u8',
  '/playlists/hls_360.m3u8',
  '/chunks/0/0',
  '/renditions/progressive',
  '/renditions/hls_360',
  '/poster.jpg',
];

describe('nothing is served', () => {
  refuses(
    () => service,
    places.flatMap((place) => [
      [`of the generation before: ${place}`, fetching(() => `${base(2)}${place}`), 404, 'not_found'] as const,
      [`of no answer: ${place}`, fetching(() => `${base(1, uuidv7())}${place}`), 404, 'not_found'] as const,
      [
        `of another organisation: ${place}`,
        fetching(() => `${base(1, world.theirs.answerId)}${place}`),
        404,
        'not_found',
      ] as const,
    ]),
  );
  refuses(
    () => service,
    ['0', '-1', '01', '1.5', '1e3', '2147483648', '99999999', 'latest', '%00', '..%2f1', '1%2f..'].map(
      (generation) => [
        `of generation ${generation}`,
        fetching(() => `${base(generation)}/poster.jpg`),
        400,
        'params_invalid',
      ],
    ),
  );
  refuses(
    () => service,
    [
      ...[
        '-1/0',
        '0/-1',
        '0/1e3',
        '99999/0',
        '32768/0',
        '0/2147483648',
        '0/0x0',
        '0/%2e%2e',
        '..%2f..%2fetc/0',
      ].map(
        (place) =>
          [`at chunks/${place}`, fetching(() => `${base()}/chunks/${place}`), 400, 'params_invalid'] as const,
      ),
      ['at a chunk that never was', fetching(() => `${base()}/chunks/0/1`), 404, 'not_found'] as const,
      ...['..%2f..%2fchunk', 'hls_1080', 'progressive%00', 'PROGRESSIVE', 'source'].map(
        (kind) =>
          [
            `at renditions/${kind}`,
            fetching(() => `${base()}/renditions/${kind}`),
            400,
            'params_invalid',
          ] as const,
      ),
      [
        'at a rendition that was not made',
        fetching(() => `${base()}/renditions/hls_720`),
        404,
        'not_found',
      ] as const,
      ...['master.m3u8', '..%2fsource.m3u8', 'progressive.m3u8', 'source.m3u8%0a'].map(
        (name) =>
          [
            `at playlists/${name}`,
            fetching(() => `${base()}/playlists/${name}`),
            400,
            'params_invalid',
          ] as const,
      ),
      [
        'outside, by dots',
        fetching(() => `${base()}/../../../../etc/passwd`),
        404,
        'method_unknown',
      ] as const,
      ['in a folder', fetching(() => `${base()}/`), 404, 'method_unknown'] as const,
    ],
  );

  test('before the interview is sent, to nobody', async () => {
    const { ours } = world;
    const [answer] = await service.database.inOrganisation(ours.organisationId, (tx) =>
      tx.answers.listOfInterview(ours.interview.interviewId),
    );
    await service.database.inOrganisation(ours.organisationId, (tx) =>
      tx.rounds.assign({
        ...{ id: uuidv7(), roundId: ours.roundId, answerId: answer!.id },
        ...{ memberId: ours.people.assigned.memberId, dueAt: new Date() },
      }),
    );
    for (const who of [ours.people.assigned, ours.people.recruiter, ours.people.admin])
      for (const place of ['/playlists/source.m3u8', '/chunks/0/0'])
        expectProblem(
          await service.http.get(`${base(1, answer!.id)}${place}`, { cookies: [who.cookie] }),
          404,
          'not_found',
        );
  });
});

describe('bytes', () => {
  const object = (): Buffer => world.ours.objects[0]!.bytes;
  const chunk = (): string => `${base()}/chunks/0/0`;

  test('come whole, with headers that let nobody keep or guess them', async () => {
    const reply = await get(chunk());
    expect([reply.status, reply.bytes]).toEqual([200, object()]);
    expect(reply.headers).toMatchObject({
      ...{ 'content-type': 'video/mp4', 'cache-control': 'private, no-store', 'accept-ranges': 'bytes' },
      ...{ 'x-content-type-options': 'nosniff', 'content-length': String(object().length) },
    });
    expect((await get(`${base()}/poster.jpg`)).headers['content-type']).toBe('image/jpeg');
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=1-3', 1, 4],
    ['bytes=3-', 3, undefined],
    ['bytes=-5', -5, undefined],
    ['bytes=-100000', 0, undefined],
    ['bytes=2-100000', 2, undefined],
  ])('%s', async (range, start, end) => {
    const reply = await get(chunk(), { range });
    const expected = object().subarray(start, end);
    expect([reply.status, reply.bytes.toString()]).toEqual([206, expected.toString()]);
    const first = object().indexOf(expected);
    expect(reply.headers['content-range']).toBe(
      `bytes ${first}-${first + expected.length - 1}/${object().length}`,
    );
  });

  test.each(['bytes=100000-', 'bytes=-0', 'bytes=99999999999999999999-'])(
    '%s lies outside',
    async (range) => {
      const reply = await get(chunk(), { range });
      expectProblem(reply, 416, 'range_not_satisfiable');
      expect(reply.headers['content-range']).toBe(`bytes */${object().length}`);
    },
  );

  test.each(['bytes=0-1,3-4', 'bytes=5-2', 'items=0-1', 'bytes=a-b', 'bytes=0x0-1', 'bytes'])(
    '%s is not understood, so all is sent',
    async (range) => {
      const reply = await get(chunk(), { range });
      expect([reply.status, reply.bytes]).toEqual([200, object()]);
    },
  );

  test('If-Range of other bytes sends all', async () => {
    const { headers } = await get(chunk());
    const range = 'bytes=0-1';
    expect((await get(chunk(), { range, 'if-range': headers.etag! })).status).toBe(206);
    expect((await get(chunk(), { range, 'if-range': '"other"' })).status).toBe(200);
  });

  test('HEAD says the same and sends nothing', async () => {
    for (const place of places) {
      const head = await service.http.send('HEAD', `${base()}${place}`, { cookies: cookies() });
      const whole = await get(`${base()}${place}`);
      expect([head.status, head.bytes.length]).toEqual([200, 0]);
      for (const name of ['content-type', 'content-length', 'cache-control', 'etag'])
        expect([name, head.headers[name]]).toEqual([name, whole.headers[name]]);
    }
    const refused = await service.http.send('HEAD', chunk(), { cookies: [] });
    expect([refused.status, refused.bytes.length]).toEqual([401, 0]);
  });

  test('every address of every playlist stays below its answer and can be fetched', async () => {
    for (const playlist of places.filter((place) => place.endsWith('.m3u8'))) {
      const { text, headers } = await get(`${base()}${playlist}`);
      expect(headers['cache-control']).toBe('private, no-store');
      const uris = [...text.matchAll(/^[^#\s].*$|URI="([^"]+)"/gm)].map((match) => match[1] ?? match[0]);
      expect(uris.length).toBeGreaterThan(0);
      for (const uri of uris) {
        const address = new URL(uri, `http://localhost${base()}${playlist}`);
        expect(address.pathname.startsWith(`${base()}/`)).toBe(true);
        expect(address.search).toBe('');
        expect((await get(address.pathname)).status).toBe(200);
      }
    }
  });

  test('an object that is gone is a problem document, not half a video', async () => {
    const { ours } = await buildWorld(service.database);
    const reply = await service.http.get(`${base(1, ours.answerId)}/chunks/0/0`, {
      cookies: [ours.people.assigned.cookie],
      headers: { range: 'bytes=0-1' },
    });
    expectProblem(reply, 500, 'internal');
    expect(reply.headers['content-range']).toBeUndefined();
  });

  test.each([
    ['before the first byte', ''],
    ['in mid-object', 'half'],
  ])('a store that fails %s ends the connection and is logged', async (_name, first) => {
    const failure = `the store failed ${_name}`;
    const stream = Readable.from(
      (async function* () {
        if (first) yield Buffer.from(first);
        throw new Error(failure);
      })(),
    );
    const opened = jest
      .spyOn(service.storage, 'get')
      .mockResolvedValue({ stream, sizeBytes: 9, start: 0, lengthBytes: 9, modifiedAt: new Date() });
    try {
      await expect(get(`${base()}/chunks/0/0`)).rejects.toThrow();
    } finally {
      opened.mockRestore();
    }
    expect(service.log()).toContain(failure);
  });
});

describe('access ends', () => {
  const watch = async (cookie: string, { ours }: World): Promise<number[]> =>
    Promise.all(
      places.map(
        async (place) =>
          (await service.http.get(`${base(1, ours.answerId)}${place}`, { cookies: [cookie] })).status,
      ),
    );
  const all = (status: number): number[] => places.map(() => status);
  let own: World;
  beforeEach(async () => {
    own = await buildWorld(service.database, service.storage);
  });

  test('with the session', async () => {
    const { cookie } = own.ours.people.assigned;
    expect(await watch(cookie, own)).toEqual(all(200));
    await service.http.delete('/api/v1/session', { cookies: [cookie] });
    expect(await watch(cookie, own)).toEqual(all(401));
  });

  test('with the membership', async () => {
    const { people } = own.ours;
    await service.http.patch(`/api/v1/members/${people.assigned.memberId}`, {
      ...{ cookies: [people.admin.cookie], body: { disabled: true } },
    });
    expect(await watch(people.assigned.cookie, own)).toEqual(all(401));
  });

  test('with the role', async () => {
    const { people } = own.ours;
    const { organisationId } = own.ours;
    expect(await watch(people.recruiter.cookie, own)).toEqual(all(200));
    await service.http.patch(`/api/v1/members/${people.recruiter.memberId}`, {
      ...{ cookies: [people.admin.cookie], body: { role: 'reviewer' } },
    });
    expect(await watch(people.recruiter.cookie, own)).not.toContain(200);
    const again = await openSession(service.database, { organisationId, ...people.recruiter });
    expect(await watch(again, own)).toEqual(all(404));
  });

  test('with the assignment', async () => {
    const { people, organisationId, answerId } = own.ours;
    await service.database.inOrganisation(organisationId, (tx) =>
      tx.em.query(`UPDATE assignment SET state = 'declined' WHERE answer_id = $1`, [answerId]),
    );
    expect(await watch(people.assigned.cookie, own)).toEqual(all(404));
  });

  test('with the erasure of the answer', async () => {
    const { people, organisationId, answerId } = own.ours;
    await service.database.inOrganisation(organisationId, (tx) =>
      tx.em.query(`UPDATE answer SET erased_at = now() WHERE id = $1`, [answerId]),
    );
    for (const who of [people.assigned, people.recruiter, people.admin])
      expect(await watch(who.cookie, own)).toEqual(all(404));
  });
});

describe('playbacks', () => {
  const beacon = (body: object) => ({
    ...{ method: 'POST', path: `/api/v1/answers/${world.ours.answerId}/playbacks`, cookies: cookies() },
    body: { playbackId: uuidv7(), generation: 1, ...body },
  });
  refuses(
    () => service,
    [
      ['another generation', () => beacon({ generation: 2 }), 404, 'not_found'],
      ['generation 0', () => beacon({ generation: 0 }), 400, 'body_invalid'],
      ['a generation beyond counting', () => beacon({ generation: 2 ** 53 - 1 }), 400, 'body_invalid'],
      ['a generation of 2^31', () => beacon({ generation: 2 ** 31 }), 400, 'body_invalid'],
      ['an id that is none', () => beacon({ playbackId: 'x' }), 400, 'body_invalid'],
      [
        'somebody else as viewer',
        () => beacon({ memberId: world.ours.people.admin.memberId }),
        400,
        'body_invalid',
      ],
    ],
  );

  test('a view is one row and one audit row, however often its beacon comes', async () => {
    const { ours } = await buildWorld(service.database);
    const playbackId = uuidv7();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        service.http.post(`/api/v1/answers/${ours.answerId}/playbacks`, {
          ...{ cookies: [ours.people.assigned.cookie], body: { playbackId, generation: 1 } },
        }),
      ),
    );
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([204]));
    const rows = await service.database.inOrganisation(ours.organisationId, (tx) =>
      tx.em.query(
        `SELECT (SELECT count(*)::int FROM playback) AS playbacks,
                (SELECT count(*)::int FROM audit_event WHERE action = 'answer.played') AS acts`,
      ),
    );
    expect(rows).toEqual([{ playbacks: 1, acts: 1 }]);
  });
});
