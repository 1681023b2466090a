import { randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import {
  limits,
  type FileStatus,
  type PositionView,
  type ReviewBatch,
  type ReviewQueue,
} from '@fairtake/contracts';
import { storageKeys } from '@fairtake/storage';
import { waitFor } from '@fairtake/testing';
import { BodyTurns, bodiesOfInterviewMax } from '../../src/turns/body-turns';
import { expectProblem, refuses } from '../abuse';
import { digestHeader, sha256, type CandidateClient } from '../candidate-client';
import type { HttpReply } from '../http-client';
import { questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;

const mib = 1024 * 1024;
const pieceBytes = limits.chunkMaxBytes;
const questions = [
  questionDraft({
    ...{ kind: 'file', thinkSeconds: null, takes: 1 },
    settings: { kind: 'file', types: ['pdf', 'png'], maxMegabytes: 3 },
  }),
  questionDraft({ kind: 'text', thinkSeconds: null, takes: 1, required: false }),
];
const [fileQuestion, textQuestion] = questions.map((question) => question.questionId) as [string, string];

/** Whole pieces and a rest; begins and ends as PDFs do. */
const pdf = (sizeBytes = 2 * pieceBytes + 10): Buffer => {
  const bytes = randomBytes(sizeBytes);
  bytes.write('%PDF-1.7\n');
  bytes.write('%%EOF\n', sizeBytes - 6);
  return bytes;
};
const piecesOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, i) =>
    bytes.subarray(i * pieceBytes, (i + 1) * pieceBytes),
  );
const manifestOf = (bytes: Buffer): string =>
  sha256(Buffer.concat(piecesOf(bytes).map((piece) => Buffer.from(sha256(piece), 'hex'))));

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database, service.storage);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({
    ...{ questions, reviewerIds: [people.assigned.memberId], blind: true },
  });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const newCandidate = async (): Promise<void> => {
  candidate = await recruiter.candidate(position.positionId);
};
const announce = (fileId: string, over: object = {}): Promise<HttpReply> =>
  candidate.send('PUT', `/files/${fileId}`, {
    body: { questionId: fileQuestion, name: 'Robin Candidate – work.pdf', sizeBytes: 100, ...over },
  });
const putPiece = (
  fileId: string,
  index: number | string,
  bytes: Buffer,
  headers: object = {},
): Promise<HttpReply> =>
  candidate.send('PUT', `/files/${fileId}/pieces/${index}`, {
    body: bytes,
    headers: {
      ...{ 'content-type': 'application/octet-stream', 'content-digest': digestHeader(bytes) },
      ...headers,
    },
  });
const finish = (fileId: string, manifest: string): Promise<HttpReply> =>
  candidate.send('POST', `/files/${fileId}/finish`, { body: { sha256: manifest } });
const choose = (fileId: string, revision = 0): Promise<HttpReply> =>
  candidate.send('PUT', `/questions/${fileQuestion}/response`, {
    body: { content: { kind: 'file', fileId } },
    headers: { 'if-match': `"${revision}"` },
  });
const keep = (revision: number): Promise<HttpReply> =>
  candidate.send('POST', `/questions/${fileQuestion}/response/keep`, { body: { revision } });
const upload = async (
  bytes: Buffer,
  fileId: string = randomUUID(),
  over: object = {},
): Promise<HttpReply> => {
  await announce(fileId, { sizeBytes: bytes.length, ...over });
  for (const [index, piece] of piecesOf(bytes).entries()) await putPiece(fileId, index, piece);
  return finish(fileId, manifestOf(bytes));
};

describe('announcing refuses', () => {
  beforeAll(newCandidate);
  const put = (over: object, fileId: string = randomUUID()) => ({
    ...{ method: 'PUT', path: `${candidate.path}/files/${fileId}`, cookies: candidate.cookies },
    body: { questionId: fileQuestion, name: 'a.pdf', sizeBytes: 10, ...over },
  });
  refuses(
    () => service,
    [
      ['nothing', () => put({ sizeBytes: 0 }), 400, 'body_invalid'],
      ['half a byte', () => put({ sizeBytes: 1.5 }), 400, 'body_invalid'],
      ['one byte too many', () => put({ sizeBytes: 3 * mib + 1 }), 413, 'file_too_large'],
      ['more than any question takes', () => put({ sizeBytes: 50 * mib + 1 }), 400, 'body_invalid'],
      ['a type of its own', () => put({ type: 'application/pdf' }), 400, 'body_invalid'],
      ['a key of its own', () => put({ storageKey: '../../x' }), 400, 'body_invalid'],
      ['no name', () => put({ name: '' }), 400, 'body_invalid'],
      ['a question of another kind', () => put({ questionId: textQuestion }), 404, 'not_found'],
      ['a question of nobody', () => put({ questionId: randomUUID() }), 404, 'not_found'],
      ['an id that is a path', () => put({}, '..%2f..%2fetc'), 400, 'params_invalid'],
    ],
  );

  test('the id of another candidate’s file', async () => {
    const fileId = randomUUID();
    await announce(fileId);
    const other = await recruiter.candidate(position.positionId);
    const request = { body: { questionId: fileQuestion, name: 'a.pdf', sizeBytes: 100 } };
    expectProblem(await other.send('PUT', `/files/${fileId}`, request), 404, 'not_found');
    expectProblem(
      await other.send('POST', `/files/${fileId}/finish`, { body: { sha256: 'a'.repeat(64) } }),
      404,
      'not_found',
    );
  });

  test('more than an interview may announce', async () => {
    await newCandidate();
    const room = Math.floor(limits.interviewFilesMax);
    await service.database.inOrganisation(world.ours.organisationId, async (tx) => {
      const answer = await tx.answers.open({
        ...{ id: randomUUID(), interviewId: candidate.interviewId, questionId: fileQuestion, at: new Date() },
      });
      const of = {
        answerId: answer.id,
        interviewId: candidate.interviewId,
        name: 'a',
        sizeBytes: 1,
        at: new Date(),
      };
      for (let file = 0; file < room - 1; file += 1) await tx.files.open({ id: randomUUID(), ...of });
    });
    expect((await announce(randomUUID())).status).toBe(200);
    expectProblem(await announce(randomUUID()), 413, 'files_too_many');
  });
});

describe('a piece is refused', () => {
  const bytes = pdf();
  const [first, , last] = piecesOf(bytes) as [Buffer, Buffer, Buffer];
  const fileId = randomUUID();
  beforeAll(async () => {
    await newCandidate();
    await announce(fileId, { sizeBytes: bytes.length });
  });
  test.each([
    [
      'with the digest of another',
      () => putPiece(fileId, 0, first, { 'content-digest': digestHeader(last) }),
      422,
      'digest_differs',
    ],
    [
      'without a digest',
      () => putPiece(fileId, 0, first, { 'content-digest': '' }),
      400,
      'digest_header_missing',
    ],
    ['at a place behind the end', () => putPiece(fileId, 3, last), 400, 'chunk_length_wrong'],
    ['at a place before the beginning', () => putPiece(fileId, '-1', first), 400, 'params_invalid'],
    ['at 1e3', () => putPiece(fileId, '1e3', first), 400, 'params_invalid'],
    ['shorter than it should be', () => putPiece(fileId, 0, last), 400, 'chunk_length_wrong'],
    ['longer than it should be', () => putPiece(fileId, 2, first), 400, 'chunk_length_wrong'],
    ['larger than any piece', () => putPiece(fileId, 0, Buffer.concat([first, last])), 413, 'body_too_large'],
    ['of no bytes', () => putPiece(fileId, 0, Buffer.alloc(0)), 400, 'chunk_length_wrong'],
    ['of a file of nobody', () => putPiece(randomUUID(), 0, first), 404, 'not_found'],
  ] as const)('%s', async (_name, send, status, code) => {
    expectProblem(await send(), status, code);
  });

  test('with other bytes at a place that is taken; the same bytes are told again', async () => {
    expect((await putPiece(fileId, 2, last)).status).toBe(201);
    expect((await putPiece(fileId, 2, last)).status).toBe(200);
    expectProblem(await putPiece(fileId, 2, Buffer.from(last).reverse()), 409, 'chunk_differs');
  });
});

const objectsOf = async (fileId: string): Promise<string[]> => {
  const keys: string[] = [];
  const folder = storageKeys.fileFolder({ organisationId: world.ours.organisationId, fileId });
  for await (const { key } of service.storage.list(folder)) keys.push(key);
  return keys;
};

describe('one candidate alone', () => {
  beforeEach(newCandidate);

  test('has few bodies read at once, and keeps nobody else from sending', async () => {
    const [bytes, mine, theirs] = [pdf(500), randomUUID(), randomUUID()];
    await announce(mine, { sizeBytes: bytes.length });
    const bodies = service.app.get(BodyTurns);
    const slow = Array.from({ length: bodiesOfInterviewMax + 3 }, () => halfSent());
    try {
      await waitFor(() => bodies.held === bodiesOfInterviewMax, { what: 'bodies', timeoutMs: 30_000 });
      let answered = false;
      const waits = putPiece(mine, 0, bytes).finally(() => (answered = true));
      const self = candidate;
      candidate = await recruiter.candidate(position.positionId);
      await announce(theirs, { sizeBytes: bytes.length });
      expect((await putPiece(theirs, 0, bytes)).status).toBe(201);
      candidate = self;
      expect([answered, bodies.held]).toEqual([false, bodiesOfInterviewMax]);
      for (const outgoing of slow) outgoing.destroy();
      expect((await waits).status).toBe(201);
      await waitFor(() => bodies.held === 0, { what: 'no body to be held' });
    } finally {
      for (const outgoing of slow) outgoing.destroy();
    }
  });

  test('leaves one object behind, however many bodies race for one place', async () => {
    const [bytes, fileId] = [pdf(2_000), randomUUID()];
    await announce(fileId, { sizeBytes: bytes.length });
    const bodies = Array.from({ length: 12 }, () => pdf(2_000));
    const replies = await Promise.all(bodies.map((body) => putPiece(fileId, 0, body)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([201, ...Array(11).fill(409)]);
    expect(await objectsOf(fileId)).toHaveLength(1);
  });

  test('has a file read once, however often that is asked at the same moment', async () => {
    const [bytes, fileId] = [pdf(), randomUUID()];
    await announce(fileId, { sizeBytes: bytes.length });
    for (const [index, piece] of piecesOf(bytes).entries()) await putPiece(fileId, index, piece);
    const read = jest.spyOn(service.storage, 'read');
    const all = await Promise.all(Array.from({ length: 8 }, () => finish(fileId, manifestOf(bytes))));
    expect(all.map((reply) => reply.status)).toEqual(Array(8).fill(200));
    expect(read).toHaveBeenCalledTimes(piecesOf(bytes).length);
    read.mockRestore();
  });

  test('leaves nothing of a file that is given up while it is put together', async () => {
    const [bytes, fileId] = [pdf(2_000), randomUUID()];
    await announce(fileId, { sizeBytes: bytes.length });
    await putPiece(fileId, 0, bytes);
    const put = service.storage.put.bind(service.storage);
    const { organisationId } = world.ours;
    const swept = jest.spyOn(service.storage, 'put').mockImplementationOnce(async (...whole) => {
      await service.database.inOrganisation(organisationId, (tx) => tx.files.discard(fileId));
      await service.storage.deletePrefix(storageKeys.fileFolder({ organisationId, fileId }));
      await service.database.inOrganisation(organisationId, (tx) => tx.files.remove(fileId));
      return put(...whole);
    });
    // Its bytes are gone in mid-reading, or the whole is written behind the sweep: either way it never was.
    expect((await finish(fileId, manifestOf(bytes))).status).toBeGreaterThanOrEqual(400);
    swept.mockRestore();
    expect(await objectsOf(fileId)).toEqual([]);
  });
});

/** A piece whose last byte does not come, of a file that was never announced. */
function halfSent(): http.ClientRequest {
  const outgoing = http.request({
    ...{ host: '127.0.0.1', port: service.http.port, method: 'PUT', agent: false },
    path: `${candidate.path}/files/${randomUUID()}/pieces/0`,
    headers: {
      ...{ cookie: candidate.cookies.join('; '), 'sec-fetch-site': 'same-origin' },
      ...{ 'content-type': 'application/octet-stream', 'content-length': pieceBytes },
      'content-digest': digestHeader(Buffer.alloc(1)),
    },
  });
  outgoing.once('error', () => undefined);
  outgoing.write(Buffer.alloc(1_000));
  return outgoing;
}

describe('a file', () => {
  beforeEach(newCandidate);

  test('goes on where it stopped, and is received once, however often that is asked', async () => {
    const [bytes, fileId] = [pdf(), randomUUID()];
    await announce(fileId, { sizeBytes: bytes.length });
    await putPiece(fileId, 1, piecesOf(bytes)[1]!);
    expectProblem(await finish(fileId, manifestOf(bytes)), 409, 'file_not_received');
    const again = (await announce(fileId, { sizeBytes: bytes.length })).json<FileStatus>();
    expect(again).toMatchObject({ state: 'open', held: [1], pieceCount: 3, pieceBytes });
    for (const index of [0, 2]) await putPiece(fileId, index, piecesOf(bytes)[index]!);
    expectProblem(await finish(fileId, 'a'.repeat(64)), 409, 'manifest_differs');
    const all = await Promise.all(Array.from({ length: 5 }, () => finish(fileId, manifestOf(bytes))));
    expect(all.map((reply) => [reply.status, reply.json<FileStatus>().state])).toEqual(
      Array(5).fill([200, 'received']),
    );
    const [row] = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query('SELECT storage_key AS key, sha256, type FROM file WHERE id = $1', [fileId]),
    );
    expect(row).toMatchObject({ sha256: sha256(bytes), type: 'pdf' });
    expect(sha256(await service.storage.read(row.key))).toBe(sha256(bytes));
    const left: string[] = [];
    for await (const object of service.storage.list(`org/${world.ours.organisationId}/files/${fileId}/`))
      left.push(object.key);
    expect(left).toEqual([row.key]);
    expectProblem(await putPiece(fileId, 0, Buffer.alloc(pieceBytes)), 409, 'file_closed');
    expectProblem(await announce(fileId, { sizeBytes: 7 }), 409, 'file_differs');
  });

  test.each([
    ['a page called PDF', Buffer.from('<script>alert(1)</script>')],
    ['text, which this question does not take', Buffer.from('plain text')],
    [
      'a picture with a page behind it',
      Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from('IHDR<html>')]),
    ],
    ['a PDF with no end', Buffer.from('%PDF-1.7\n and nothing else')],
  ])('is refused by its bytes, whatever its name: %s', async (_name, bytes) => {
    const fileId = randomUUID();
    expectProblem(await upload(bytes, fileId), 415, 'file_type_refused');
    expectProblem(await choose(fileId), 404, 'not_found');
    expectProblem(await announce(fileId, { sizeBytes: bytes.length }), 404, 'not_found');
  });

  test('cannot be an answer before it was received, nor to another question', async () => {
    const fileId = randomUUID();
    await announce(fileId);
    expectProblem(await choose(fileId), 409, 'file_not_received');
    expectProblem(await choose(randomUUID()), 404, 'not_found');
    const other = await recruiter.candidate(position.positionId);
    const mine = candidate;
    expect((await upload(pdf(500), fileId, { sizeBytes: 500 })).status).not.toBe(200);
    candidate = other;
    expectProblem(await choose(fileId), 404, 'not_found');
    candidate = mine;
  });

  test('that fills the whole size allowed is taken', async () => {
    const fileId = randomUUID();
    expect((await upload(pdf(3 * mib), fileId)).json()).toMatchObject({ state: 'received' });
    expect((await choose(fileId)).json()).toMatchObject({
      file: { fileId, name: 'Robin Candidate – work.pdf', sizeBytes: 3 * mib, type: 'pdf' },
    });
  });
});

test('given files reach reviewers as files to save, without the name that would tell whose they are', async () => {
  await newCandidate();
  const [bytes, replaced, fileId] = [pdf(), randomUUID(), randomUUID()];
  await upload(pdf(2_000), replaced);
  await choose(replaced);
  await keep(1);
  await upload(bytes, fileId);
  await choose(fileId, 1);
  await keep(2);
  await candidate.submit();
  const { people } = world.ours;
  const reviewer = { cookies: [people.assigned.cookie] };
  const queue = (await service.http.get('/api/v1/review/batches', reviewer)).json<ReviewQueue>();
  const { roundId } = queue.data.find((batch) => batch.questionId === fileQuestion)!;
  const batch = await service.http.get(
    `/api/v1/review/rounds/${roundId}/questions/${fileQuestion}`,
    reviewer,
  );
  expect(batch.text).not.toContain('Robin');
  const { response, answerId, generation } = batch.json<ReviewBatch>().clips[0]!.media;
  const url = `/media/answers/${answerId}/${generation}/file`;
  expect(response).toEqual({ kind: 'file', type: 'pdf', sizeBytes: bytes.length, name: null, url });

  const blind = await service.http.get(url, reviewer);
  expect(sha256(blind.bytes)).toBe(sha256(bytes));
  expect(blind.headers).toMatchObject({
    'content-type': 'application/pdf',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining('sandbox'),
    'content-disposition': expect.stringMatching(/^attachment; filename="answer-[0-9a-f]{8}\.pdf"/),
  });
  const named = await service.http.get(url, { cookies: [people.recruiter.cookie] });
  expect(named.headers['content-disposition']).toContain(
    "filename*=UTF-8''Robin%20Candidate%20%E2%80%93%20work.pdf",
  );
  const part = await service.http.get(url, { ...reviewer, headers: { range: 'bytes=0-7' } });
  expect([part.status, part.text]).toEqual([206, '%PDF-1.7']);
  // Another generation, somebody who was not asked, and an interview that was not sent.
  expectProblem(
    await service.http.get(`/media/answers/${answerId}/${generation - 1}/file`, reviewer),
    404,
    'not_found',
  );
  expectProblem(await service.http.get(url, { cookies: [people.unassigned.cookie] }), 404, 'not_found');
  expectProblem(
    await service.http.get(url, { cookies: [world.theirs.people.admin.cookie] }),
    404,
    'not_found',
  );
  const audit = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.audit.listOf('answer', answerId),
  );
  expect(audit.filter((event) => event.action === 'answer.file_read')).toHaveLength(3);
});
