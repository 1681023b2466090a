import { limits, type PositionView, type TakeLease, type TakeStatus } from '@fairtake/contracts';
import { waitFor } from '@fairtake/testing';
import { promises as fs } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { CandidateClient, digestHeader, recording, sha256 } from '../candidate-client';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';
import { manifestOf } from '../world-interviews';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;
let take: TakeLease;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const newTake = async (): Promise<void> => {
  candidate = await recruiter.candidate(position.positionId);
  take = (await candidate.openTake(questionId())).json<TakeLease>();
};
const questionId = (): string => position.questions[0]!.questionId;
const bytes = Buffer.from('a chunk of a recording');
const mebibyte = 1024 * 1024;

/** A right chunk request; each row spoils one thing. */
const put = ({
  place = '/segments/0/chunks/0',
  takeId = take.takeId,
  body = bytes,
  headers = {} as Record<string, string>,
  cookies = candidate.cookies,
} = {}) => ({
  method: 'PUT',
  path: `${candidate.path}/takes/${takeId}${place}`,
  body,
  cookies,
  headers: {
    'content-type': 'application/octet-stream',
    'content-digest': digestHeader(body),
    'fairtake-lease': take.lease,
    ...headers,
  },
});

const heldChunks = async (): Promise<TakeStatus['segments']> =>
  (await candidate.status(take.takeId)).json<TakeStatus>().segments;

describe('it refuses', () => {
  beforeAll(newTake);
  afterEach(async () => expect(await heldChunks()).toEqual([]));
  refuses(
    () => service,
    [
      ['no digest', () => put({ headers: { 'content-digest': '' } }), 400, 'digest_header_missing'],
      ...[
        'sha-256=abc',
        sha256(bytes),
        `sha-512=:${'A'.repeat(86)}==:`,
        `sha-256=:${'A'.repeat(42)}:`,
        `sha-256=:${'*'.repeat(43)}=:`,
        `SHA-256=:${'A'.repeat(43)}=:`,
        `${digestHeader(bytes)}, ${digestHeader(bytes)}`,
      ].map(
        (digest) =>
          [
            `the digest "${digest.slice(0, 20)}…"`,
            () => put({ headers: { 'content-digest': digest } }),
            400,
            'digest_header_missing',
          ] as const,
      ),
      [
        'the digest of other bytes',
        () => put({ headers: { 'content-digest': digestHeader(Buffer.from('other')) } }),
        422,
        'digest_differs',
      ],
      ['no lease', () => put({ headers: { 'fairtake-lease': '' } }), 400, 'lease_header_missing'],
      [
        'a lease that is none',
        () => put({ headers: { 'fairtake-lease': '1' } }),
        400,
        'lease_header_missing',
      ],
      ['a lease nobody was given', () => put({ headers: { 'fairtake-lease': uuidv7() } }), 409, 'lease_lost'],
      [
        "another candidate's lease",
        () => put({ headers: { 'fairtake-lease': world.ours.takes.open.lease } }),
        409,
        'lease_lost',
      ],
      ['no bytes', () => put({ body: Buffer.alloc(0) }), 400, 'chunk_length_wrong'],
      ['one byte too many', () => put({ body: Buffer.alloc(mebibyte + 1) }), 413, 'body_too_large'],
      ['eight times too many', () => put({ body: Buffer.alloc(8 * mebibyte) }), 413, 'body_too_large'],
      [
        'one byte too many, in pieces of unknown length',
        () =>
          put({
            body: Buffer.alloc(mebibyte + 1),
            headers: { 'transfer-encoding': 'chunked', 'content-length': '' },
          }),
        413,
        'body_too_large',
      ],
      [
        'JSON in place of bytes',
        () => put({ headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') }),
        415,
        'media_type_unsupported',
      ],
      [
        'a video type',
        () => put({ headers: { 'content-type': 'video/mp4' } }),
        415,
        'media_type_unsupported',
      ],
      ...['-1', '1e3', '2147483648', '1.5', '00', '0x1', '+1', '%20', '4000', '..', '%00', 'null'].flatMap(
        (number) => [
          [
            `chunk "${number}"`,
            () => put({ place: `/segments/0/chunks/${number}` }),
            400,
            'params_invalid',
          ] as const,
          [
            `segment "${number}"`,
            () => put({ place: `/segments/${number}/chunks/0` }),
            400,
            'params_invalid',
          ] as const,
        ],
      ),
      ['segment 64', () => put({ place: '/segments/64/chunks/0' }), 400, 'params_invalid'],
      [
        'the second segment before the first',
        () => put({ place: '/segments/1/chunks/0' }),
        400,
        'params_invalid',
      ],
      ['a take that never was', () => put({ takeId: uuidv7() }), 404, 'not_found'],
      ["another candidate's take", () => put({ takeId: world.ours.takes.open.takeId }), 404, 'not_found'],
      [
        "another organisation's take",
        () => put({ takeId: world.theirs.takes.open.takeId }),
        404,
        'not_found',
      ],
      [
        "another candidate's cookie under this interview's name",
        () =>
          put({
            cookies: [`fairtake-i-${candidate.interviewId}=${world.ours.interview.cookie.split('=')[1]}`],
          }),
        404,
        'not_found',
      ],
    ],
  );
});

describe('one device', () => {
  beforeEach(newTake);

  test('a chunk of one mebibyte is stored, byte for byte, under a row of its own', async () => {
    const whole = Buffer.alloc(mebibyte, 'x');
    const reply = await candidate.putChunk({ ...take, index: 0 }, whole);
    expect(reply.status).toBe(201);
    expect(reply.json()).toEqual({ segment: 0, index: 0, sizeBytes: mebibyte, sha256: sha256(whole) });
    const stored = await storedChunks();
    expect(stored.map(sha256)).toEqual([sha256(whole)]);
  });

  test('the last index there is can be used', async () => {
    const index = limits.takeMaxChunks - 1;
    expect((await candidate.putChunk({ ...take, index }, bytes)).status).toBe(201);
    expect((await heldChunks())[0]).toMatchObject({ contiguous: 0, sizeBytes: bytes.length });
  });

  test('the same bytes again are 200, other bytes in their place 409, and the first stay', async () => {
    expect((await candidate.putChunk({ ...take, index: 0 }, bytes)).status).toBe(201);
    const again = await candidate.putChunk({ ...take, index: 0 }, bytes);
    expect([again.status, again.json()]).toEqual([200, expect.objectContaining({ sha256: sha256(bytes) })]);
    expectProblem(
      await candidate.putChunk({ ...take, index: 0 }, Buffer.from('other')),
      409,
      'chunk_differs',
    );
    expect(await heldChunks()).toEqual([
      { segment: 0, contiguous: 1, bitmap: 'AQ==', sizeBytes: bytes.length },
    ]);
  });

  test('twenty at the same moment for one place: one row, and either the same bytes or a refusal', async () => {
    const sent = Array.from({ length: 20 }, (_, i) => Buffer.from(`bytes ${i % 2}`));
    const replies = await Promise.all(sent.map((body) => candidate.putChunk({ ...take, index: 0 }, body)));
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
    const winner = replies.findIndex((reply) => reply.status === 201) % 2;
    expect(replies.map((reply) => reply.status).filter((_, i) => i % 2 === winner)).toEqual(
      expect.arrayContaining([200]),
    );
    for (const [i, reply] of replies.entries())
      if (i % 2 === winner) expect([200, 201]).toContain(reply.status);
      else expectProblem(reply, 409, 'chunk_differs');
    expect(await heldChunks()).toMatchObject([{ contiguous: 1, sizeBytes: 7 }]);
    expect(await storedChunks()).toHaveLength(1);
  });

  test('a body cut short leaves nothing behind', async () => {
    const { path: url, headers } = put();
    const body = Buffer.alloc(mebibyte, 'x');
    for (const sentBytes of [0, 1, 65_536, mebibyte - 1]) {
      const outgoing = http.request({
        ...{ port: service.http.port, host: '127.0.0.1', method: 'PUT', path: url, agent: false },
        headers: {
          ...{ ...headers, 'content-digest': digestHeader(body), 'content-length': String(body.length) },
          ...{ cookie: candidate.cookies.join('; '), 'sec-fetch-site': 'same-origin' },
        },
      });
      outgoing.on('error', () => undefined);
      outgoing.flushHeaders();
      await new Promise((resolve) => outgoing.write(body.subarray(0, sentBytes), resolve));
      outgoing.destroy();
    }
    const cut = () =>
      service
        .log()
        .split('\n')
        .filter((line) => line.includes('"aborted":true')).length;
    await waitFor(() => cut() >= 4, { what: 'the four requests to be given up' });
    expect(await heldChunks()).toEqual([]);
    expect(await storedChunks()).toEqual([]);
  });

  test('twenty at once for the last place and the last bytes of a take: it never holds more', async () => {
    const { organisationId } = world.ours;
    const leave = (chunkCount: number, sizeBytes: number) =>
      service.database.inOrganisation(organisationId, (tx) =>
        tx.em.query(`UPDATE take SET chunk_count = $2, size_bytes = $3 WHERE id = $1`, [
          ...[take.takeId, chunkCount, sizeBytes],
        ]),
      );
    for (const full of ['chunks', 'bytes']) {
      await newTake();
      // A short answer's own limit, not that of the longest there is.
      expect(take.limits.takeMaxBytes).toBe(64 * mebibyte);
      if (full === 'chunks') await leave(limits.takeMaxChunks - 1, 0);
      else await leave(0, take.limits.takeMaxBytes - bytes.length);
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, index) => candidate.putChunk({ ...take, index }, bytes)),
      );
      expect(replies.filter((reply) => reply.status === 201)).toHaveLength(1);
      for (const reply of replies) if (reply.status !== 201) expectProblem(reply, 413, 'take_too_large');
    }
  });

  test('nothing is stored before consent', async () => {
    const { token } = await recruiter.invite(position.positionId);
    const hasty = await CandidateClient.arrive(service.http, token);
    expectProblem(await hasty.openTake(questionId()), 403, 'consent_missing');
    expectProblem(await hasty.putChunk({ ...take, index: 0 }, bytes), 403, 'consent_missing');
    expect(await storedChunks()).toEqual([]);
  });

  test('a received, a kept and a given-back take accept no more, but still know what they hold', async () => {
    const pieces = recording();
    for (const [index, piece] of pieces.entries()) await candidate.putChunk({ ...take, index }, piece);
    await candidate.finalise(take.takeId, manifestOf(pieces));
    const refused = async () => {
      expectProblem(await candidate.putChunk({ ...take, index: 9 }, bytes), 409, 'take_closed');
      expect((await candidate.putChunk({ ...take, index: 0 }, pieces[0]!)).status).toBe(200);
    };
    await refused();
    await candidate.keep(take.takeId);
    await refused();
    await candidate.submit();
    await refused();
    const other = await recruiter.candidate(position.positionId);
    const lease = (await other.openTake(questionId())).json<TakeLease>();
    await other.return(lease.takeId);
    expectProblem(await other.putChunk({ ...lease, index: 0 }, bytes), 409, 'take_closed');
  });

  test('after withdrawing nothing more is accepted, whenever the take was opened; what is held stays known', async () => {
    expect((await candidate.putChunk({ ...take, index: 0 }, bytes)).status).toBe(201);
    const withdrawn = await candidate.send('POST', '/withdraw', { body: { confirm: 'withdraw' } });
    expect(withdrawn.status).toBe(204);
    expectProblem(await candidate.putChunk({ ...take, index: 1 }, bytes), 409, 'interview_closed');
    expectProblem(
      await candidate.putChunk({ ...take, segment: 1, index: 0 }, bytes),
      409,
      'interview_closed',
    );
    expect((await candidate.putChunk({ ...take, index: 0 }, bytes)).status).toBe(200);
    expect(await storedChunks()).toHaveLength(1);
  });

  test('a page that runs away is slowed down, and loses nothing', async () => {
    const replies = await Promise.all(
      Array.from({ length: limits.chunksBurst + 20 }, (_, index) =>
        candidate.putChunk({ ...take, index }, bytes),
      ),
    );
    const slowed = replies.filter((reply) => reply.status === 429);
    expect(slowed.length).toBeGreaterThan(0);
    for (const reply of slowed) expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    service.clock.advance(60_000);
    for (const [index, reply] of replies.entries())
      if (reply.status === 429)
        expect((await candidate.putChunk({ ...take, index }, bytes)).status).toBe(201);
    expect(await heldChunks()).toMatchObject([{ contiguous: replies.length }]);
  });

  test('bytes are accepted until the grace has run out, then 410 and what was acknowledged stays', async () => {
    await candidate.putChunk({ ...take, index: 0 }, bytes);
    await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.deadlines.set(candidate.interviewId, new Date(take.startedAt), service.clock.now()),
    );
    const endsIn = Date.parse(take.recordingEndsAt) - service.clock.now().getTime();
    service.clock.advance(endsIn + limits.deadlineGraceSeconds * 1000 - 5_000);
    expect((await candidate.putChunk({ ...take, index: 1 }, bytes)).status).toBe(201);
    service.clock.advance(10_000);
    expectProblem(await candidate.putChunk({ ...take, index: 2 }, bytes), 410, 'interview_over');
    expect((await candidate.putChunk({ ...take, index: 1 }, bytes)).status).toBe(200);
    expect(await heldChunks()).toMatchObject([{ contiguous: 2 }]);
  });
});

/** The bytes of every chunk of this test's take that the store holds. */
async function storedChunks(): Promise<Buffer[]> {
  const folder = path.join(service.storageDirectory, 'org', world.ours.organisationId, 'takes', take.takeId);
  const found = await fs.readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(
    found
      .filter((entry) => entry.isFile())
      .map((entry) => fs.readFile(path.join(entry.parentPath, entry.name))),
  );
}
