import { CandidateApi, type Outcome } from './candidate-api';
import { reactionTo, type Reaction } from './reactions';
import { VirtualClock } from '../testing/virtual-clock';

const sha256 = 'ab'.repeat(32);
const chunk = { takeId: 't', segment: 0, index: 3, sha256, lease: 'lease', bytes: Uint8Array.of(1, 2, 3) };
const receipt = { segment: 0, index: 3, sizeBytes: 3, sha256 };

function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  return new Response(status === 204 ? null : text, {
    status,
    headers: { 'Content-Type': type, ...headers },
  });
}

async function put(answer: () => Promise<Response>): Promise<Outcome<unknown>> {
  const clock = new VirtualClock(() => new Promise((resolve) => setImmediate(resolve)));
  const api = new CandidateApi({ baseUrl: '/api', interviewId: 'i', fetch: answer, clock });
  const outcome = api.putChunk(chunk, { timeoutMs: 15_000, signal: new AbortController().signal });
  await clock.advance(20_000);
  return outcome;
}

describe('CandidateApi', () => {
  it.each([200, 201])('takes a receipt for exactly these bytes with status %p', async (status) => {
    expect(await put(async () => reply(status, receipt))).toEqual({ ok: true, value: receipt });
  });

  it.each<[string, number, unknown]>([
    ['another digest', 201, { ...receipt, sha256: 'cd'.repeat(32) }],
    ['another size', 201, { ...receipt, sizeBytes: 2 }],
    ['another index', 201, { ...receipt, index: 2 }],
    ['another segment', 201, { ...receipt, segment: 1 }],
    ['a page', 200, '<html>Sign in to the train</html>'],
    ['JSON of somebody else', 200, { ok: true }],
    ['JSON that is no object', 200, null],
    ['nothing', 204, ''],
    ['a redirect that was not refused', 302, ''],
    ['a page that claims to be JSON', 201, { html: '<p>Sign in</p>' }],
    ['a page saying no', 403, '<html>Blocked</html>'],
    ['a proxy’s limit', 413, '<html>nginx</html>'],
  ])('does not take %s for an answer of ours', async (_, status, body) => {
    const outcome = await put(async () => reply(status, body));
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unreachable', status } });
  });

  it('gives up at the deadline, also in the middle of a body', async () => {
    const body = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const stuck = (signal: AbortSignal): Promise<Response> => {
      signal.addEventListener('abort', () => undefined);
      const response = new Response(body, { status: 201, headers: { 'Content-Type': 'application/json' } });
      response.text = () =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        );
      return Promise.resolve(response);
    };
    const clock = new VirtualClock(() => new Promise((resolve) => setImmediate(resolve)));
    const fetch = (_: unknown, init?: RequestInit): Promise<Response> => stuck(init!.signal!);
    const api = new CandidateApi({ baseUrl: '/api', interviewId: 'i', fetch: fetch as never, clock });
    const outcome = api.putChunk(chunk, { timeoutMs: 15_000, signal: new AbortController().signal });
    await clock.advance(15_001);
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: 'timeout' } });
  });

  it('sends the digest and the lease, and follows no redirect', async () => {
    const calls: [unknown, RequestInit][] = [];
    const clock = new VirtualClock(() => Promise.resolve());
    const fetch = async (url: unknown, init?: RequestInit) => (calls.push([url, init!]), reply(201, receipt));
    const api = new CandidateApi({ baseUrl: '/api', interviewId: 'i', fetch: fetch as never, clock });
    await api.putChunk(chunk, { timeoutMs: 1_000, signal: new AbortController().signal });
    expect(calls).toEqual([
      [
        '/api/interviews/i/takes/t/segments/0/chunks/3',
        expect.objectContaining({
          method: 'PUT',
          redirect: 'error',
          headers: {
            'Content-Type': 'application/octet-stream',
            'Content-Digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
            'Fairtake-Lease': 'lease',
          },
        }),
      ],
    ]);
  });
});

describe('Retry-After', () => {
  const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
  it.each<[string, Record<string, string>, number | null]>([
    ['seconds', { 'Retry-After': '7' }, 7_000],
    [
      'a date, by the server’s own clock',
      { 'Retry-After': 'Wed, 21 Oct 2026 07:28:09 GMT', Date: date },
      9_000,
    ],
    ['a date that is over', { 'Retry-After': 'Wed, 21 Oct 2026 07:27:00 GMT', Date: date }, 0],
    ['a date that nothing says when it is', { 'Retry-After': date }, null],
    ['more than anybody should wait', { 'Retry-After': '86400' }, 300_000],
    ['nonsense', { 'Retry-After': 'soon', Date: date }, null],
    ['nothing', {}, null],
  ])('may be %s', async (_, headers, retryAfterMs) => {
    for (const status of [425, 429, 503]) {
      const outcome = await put(async () => reply(status, { code: 'later' }, headers));
      expect(outcome).toMatchObject({ ok: false, failure: { kind: 'busy', retryAfterMs } });
    }
  });
});

describe('reactionTo', () => {
  it.each<[number, string, string | null, Reaction]>([
    [401, 'signed_out', null, 'renew'],
    [403, 'consent_missing', null, 'refuse'],
    [404, 'not_found', null, 'refuse'],
    [409, 'take_elsewhere', null, 'blocked'],
    [409, 'lease_lost', null, 'lease'],
    [409, 'chunks_missing', null, 'missing'],
    [409, 'take_closed', null, 'status'],
    [409, 'chunk_differs', null, 'salvage'],
    [409, 'manifest_differs', null, 'salvage'],
    [410, 'interview_over', null, 'refuse'],
    [413, 'take_too_large', null, 'refuse'],
    [422, 'digest_differs', null, 'verify'],
    [400, 'chunk_length_wrong', null, 'retry'],
    [425, 'too_early', '3', 'wait'],
    [429, 'too_many_requests', '1', 'wait'],
    [503, 'unavailable', null, 'retry'],
    [503, 'unavailable', 'Wed, 21 Oct 2026 07:28:00 GMT', 'retry'],
    [500, 'internal', null, 'retry'],
    [507, 'storage_full', null, 'retry'],
  ])('answers %p %s (Retry-After %p) with %s', async (status, code, retryAfter, reaction) => {
    const headers: Record<string, string> = retryAfter === null ? {} : { 'Retry-After': retryAfter };
    const outcome = await put(async () => reply(status, { code }, headers));
    expect(outcome.ok ? 'ok' : reactionTo(outcome.failure)).toBe(reaction);
  });
});
