import { createHash } from 'node:crypto';
import { VirtualClock } from '../testing/virtual-clock';
import { probeLink, removeProbe, type LinkProbeOptions } from './link-probe';

/** Lets promises and file readers finish. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** A link of so many bytes a second to a server that answers `reply`. */
function linkOf(
  bytesPerSecond: number,
  clock: VirtualClock,
  reply: (index: number, bytes: Uint8Array) => Response = (index, bytes) =>
    json(201, { segment: 0, index, sizeBytes: bytes.byteLength, sha256: sha256(bytes) }),
) {
  const received: Uint8Array[] = [];
  const send = ((url: string, init: RequestInit) =>
    new Promise<Response>((resolve, reject) => {
      const bytes = init.body as Uint8Array;
      init.signal!.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      clock.after((bytes.byteLength * 1_000) / bytesPerSecond, () => {
        received.push(bytes);
        resolve(reply(Number(/\d+$/.exec(url)![0]), bytes));
      });
    })) as typeof fetch;
  return { send, received };
}

const clip = new Uint8Array(900_000).map((_, at) => at % 251);
const options = (clock: VirtualClock, send: typeof fetch): LinkProbeOptions => ({
  interviewId: 'i',
  probeId: 'p',
  clock,
  fetch: send,
  digest: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
});

async function measured(bytesPerSecond: number, ...reply: [((index: number) => Response)?]) {
  const clock = new VirtualClock(settle);
  const { send, received } = linkOf(bytesPerSecond, clock, ...reply);
  const probing = probeLink(clip, options(clock, send));
  await clock.advance(7_000);
  return { result: await probing, received };
}

it('sends the whole clip over a fast link and measures it', async () => {
  const { result, received } = await measured(1_000_000);
  expect(result).toMatchObject({ outcome: 'measured', sentBytes: clip.byteLength });
  expect(result).toHaveProperty('bytesPerSecond', expect.closeTo(1_000_000, -4));
  expect(received[0]).toHaveLength(64 * 1024);
  expect(sha256(Buffer.concat(received))).toBe(sha256(clip));
});

it('stops after six seconds and says what arrived until then', async () => {
  const { result } = await measured(50_000);
  expect(result).toHaveProperty('bytesPerSecond', expect.closeTo(50_000, -3));
  expect(result).toHaveProperty('sentBytes', expect.any(Number));
});

it('takes a link that acknowledged nothing for slower than the first piece', async () => {
  const { result } = await measured(2_000);
  expect(result).toMatchObject({ outcome: 'measured', sentBytes: 0 });
  expect((result as { bytesPerSecond: number }).bytesPerSecond).toBeLessThan(110_000 / 8);
});

it.each([
  ['a page of a captive portal', new Response('<html>', { status: 200 }), 'offline'],
  ['a busy server', json(503, { code: 'unavailable' }), 'unavailable'],
  ['too many tries', json(429, { code: 'too_many_requests' }), 'unavailable'],
  ['a receipt for other bytes', json(201, { index: 0, sha256: 'a' }), 'offline'],
] as const)('knows nothing of the speed after %s', async (_name, reply, outcome) => {
  expect((await measured(1_000_000, () => reply)).result).toEqual({ outcome });
});

it('is offline without any answer', async () => {
  const clock = new VirtualClock(settle);
  const refuse = (() => Promise.reject(new TypeError('no network'))) as typeof fetch;
  expect(await probeLink(clip, options(clock, refuse))).toEqual({ outcome: 'offline' });
});

it('removes the clip, also while the page goes away', async () => {
  const asked: [string, RequestInit][] = [];
  const send = (async (url: string, init: RequestInit) => {
    asked.push([url, init]);
    throw new TypeError('gone');
  }) as typeof fetch;
  await removeProbe(options(new VirtualClock(settle), send));
  expect(asked).toEqual([
    [
      '/api/v1/candidate/interviews/i/probes/p',
      expect.objectContaining({ method: 'DELETE', keepalive: true }),
    ],
  ]);
});
