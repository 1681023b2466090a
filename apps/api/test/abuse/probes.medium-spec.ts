import { limits, type PositionView } from '@fairtake/contracts';
import { storageKeys } from '@fairtake/storage';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { CandidateClient, digestHeader, recording, sha256 } from '../candidate-client';
import type { HttpReply } from '../http-client';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;
let probeId: string;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const arrive = async (): Promise<void> => {
  candidate = await recruiter.candidate(position.positionId);
  probeId = uuidv7();
};
const bytes = Buffer.from('a chunk of a test clip');
const mebibyte = 1024 * 1024;

const put = ({
  probe = probeId,
  index = '0' as string | number,
  body = bytes,
  headers = {} as Record<string, string>,
  cookies = candidate.cookies,
} = {}) => ({
  method: 'PUT',
  path: `${candidate.path}/probes/${probe}/chunks/${index}`,
  body,
  cookies,
  headers: {
    'content-type': 'application/octet-stream',
    'content-digest': digestHeader(body),
    ...headers,
  },
});
const send = (over: Parameters<typeof put>[0] = {}): Promise<HttpReply> => {
  const { method, path, ...rest } = put(over);
  return service.http.send(method, path, rest);
};
const remove = (probe = probeId, from = candidate): Promise<HttpReply> =>
  from.send('DELETE', `/probes/${probe}`);

const stored = async (): Promise<string[]> => {
  const keys: string[] = [];
  for await (const { key } of service.storage.list(storageKeys.probesFolder(world.ours))) keys.push(key);
  return keys;
};
const clear = () => service.storage.deletePrefix(storageKeys.probesFolder(world.ours));

describe('it refuses', () => {
  beforeAll(arrive);
  afterEach(async () => expect(await stored()).toEqual([]));
  refuses(
    () => service,
    [
      ['no digest', () => put({ headers: { 'content-digest': '' } }), 400, 'digest_header_missing'],
      [
        'the digest of other bytes',
        () => put({ headers: { 'content-digest': digestHeader(Buffer.from('other')) } }),
        422,
        'digest_differs',
      ],
      ['no bytes', () => put({ body: Buffer.alloc(0) }), 400, 'chunk_length_wrong'],
      ['one byte too many', () => put({ body: Buffer.alloc(mebibyte + 1) }), 413, 'body_too_large'],
      [
        'a video type',
        () => put({ headers: { 'content-type': 'video/mp4' } }),
        415,
        'media_type_unsupported',
      ],
      ...['-1', '1e3', '1.5', '00', '%00', '..', String(limits.probeMaxChunks)].map(
        (index) => [`chunk "${index}"`, () => put({ index }), 400, 'params_invalid'] as const,
      ),
      ['a probe that is no id', () => put({ probe: 'x' }), 400, 'params_invalid'],
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

  test('nothing is stored before consent', async () => {
    const { token } = await recruiter.invite(position.positionId);
    candidate = await CandidateClient.arrive(service.http, token);
    expectProblem(await send(), 403, 'consent_missing');
  });
});

describe('a test clip', () => {
  beforeEach(arrive);
  afterEach(clear);

  test('is answered like a chunk of an answer, lies apart from answers and is gone after DELETE', async () => {
    const reply = await send();
    expect(reply.status).toBe(201);
    expect(reply.json()).toEqual({ segment: 0, index: 0, sizeBytes: bytes.length, sha256: sha256(bytes) });
    expect((await send()).status).toBe(200);
    expectProblem(await send({ body: Buffer.from('other') }), 409, 'chunk_differs');
    expect(await stored()).toEqual([expect.stringContaining(`/probes/${probeId}/c0-`)]);
    expect((await candidate.show()).answers).toEqual([]);

    expect((await remove()).status).toBe(204);
    expect(await stored()).toEqual([]);
    expect((await remove()).status).toBe(204);
    expectProblem(await send({ index: 1 }), 404, 'not_found');
    expect(await stored()).toEqual([]);
  });

  test("another candidate's is not yours to add to or to remove", async () => {
    await send();
    const other = await recruiter.candidate(position.positionId);
    expect((await remove(probeId, other)).status).toBe(204);
    expect(await stored()).toHaveLength(1);
    const { method, path, ...rest } = put({ index: 1, cookies: other.cookies });
    const reply = await service.http.send(method, path.replace(candidate.path, other.path), rest);
    expectProblem(reply, 404, 'not_found');
  });

  test('twenty chunks at the same moment never hold more than the limit', async () => {
    const body = (fill: number): Buffer<ArrayBuffer> => Buffer.alloc(256 * 1024, fill);
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send({ index, body: body(index) })),
    );
    expect(replies.filter((reply) => reply.status === 201)).toHaveLength(limits.probeMaxBytes / (256 * 1024));
    for (const reply of replies) if (reply.status !== 201) expectProblem(reply, 413, 'probe_too_large');
  });

  test('so many in the time they are kept, and then a wait', async () => {
    for (let count = 0; count < limits.probesMax; count++) {
      expect((await send({ probe: uuidv7() })).status).toBe(201);
    }
    const refused = await send({ probe: uuidv7() });
    expectProblem(refused, 429, 'too_many_requests');
    expect(refused.headers['retry-after']).toBe('60');
    service.clock.advance(limits.probeKeptSeconds * 1000 + 1000);
    // The session has ended by then as well; opened again, the person may check again.
    expect((await send({ probe: uuidv7() })).status).toBe(201);
  });

  test('after sending there is nothing to check any more', async () => {
    for (const question of position.questions) await candidate.answer(question.questionId, recording());
    await candidate.submit();
    expectProblem(await send(), 409, 'interview_closed');
  });
});
