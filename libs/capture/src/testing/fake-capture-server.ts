import type { FinaliseTake, MissingChunks, OpenTake, TakeState } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import type { Clock } from '../clock';
import { contentDigest, fromHex, joinBytes } from '../digest';

/**
 * What happens to one request. `drop`: it never arrives. `lost_ack`: it is done, the reply is lost. `stall`: no reply
 * ever. `portal`: somebody else's page with status 200. `corrupt`: a byte of the body flips on the way.
 */
export type Fault =
  | 'none'
  | 'drop'
  | 'lost_ack'
  | 'stall'
  | 'portal'
  | 'portal_403'
  | 'error_500'
  | 'busy'
  | 'corrupt'
  | 'signed_out';

interface HeldTake {
  questionId: string;
  lease: string;
  state: TakeState;
  segments: { lease: string; chunks: Map<number, { bytes: Uint8Array; sha256: string }> }[];
  durationMs: number | null;
  returnReason: string | null;
}

export interface FakeCaptureServerOptions {
  clock: Clock;
  /** Lower-case hex. */
  sha256: (bytes: Uint8Array) => string;
  /** Asked once per request. */
  fault?: (request: { method: string; url: string }) => Fault;
  /** Asked once per request: how long it takes to arrive. Differing delays change the order. */
  delayMs?: () => number;
}

/** The server's side of the capture protocol in memory, with faults on the way. `fetch` is its front door. */
export class FakeCaptureServer {
  readonly takes = new Map<string, HeldTake>();
  /** Every request that was sent, e.g. `PUT …/chunks/3`, whatever became of it. */
  readonly requests: string[] = [];
  readonly #options: FakeCaptureServerOptions;
  #leases = 0;

  constructor(options: FakeCaptureServerOptions) {
    this.#options = options;
  }

  readonly fetch = async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? 'GET';
    const url = String(input);
    this.requests.push(`${method} ${url}`);
    const fault = this.#options.fault?.({ method, url }) ?? 'none';
    const signal = init.signal ?? undefined;
    if (fault === 'stall') return new Promise((_, reject) => rejectOnAbort(signal, reject));
    await this.#sleep(this.#options.delayMs?.() ?? 20, signal);
    switch (fault) {
      case 'drop':
        throw new TypeError('Failed to fetch');
      case 'portal':
        return new Response('<html>Welcome to the airport</html>', {
          headers: { 'Content-Type': 'text/html' },
        });
      case 'portal_403':
        return new Response('<html>Please sign in to the hotel</html>', { status: 403 });
      case 'error_500':
        return problem(500, 'internal');
      case 'busy':
        return problem(503, 'unavailable', {}, { 'Retry-After': '2' });
      case 'signed_out':
        return problem(401, 'signed_out');
      default: {
        const reply = await this.#route(method, url, init, fault === 'corrupt');
        if (fault === 'lost_ack') throw new TypeError('Failed to fetch');
        return reply;
      }
    }
  };

  /** Bytes of one segment in index order. */
  assembled(takeId: string, segment = 0): Uint8Array {
    const { chunks } = this.takes.get(takeId)!.segments[segment]!;
    return joinBytes([...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk.bytes));
  }

  async #route(method: string, url: string, init: RequestInit, corrupt: boolean): Promise<Response> {
    const path = /\/interviews\/[^/]+\/takes\/([^/]+)(\/.*)?$/.exec(url);
    if (!path) return problem(404, 'not_found');
    const takeId = path[1]!;
    const rest = path[2] ?? '';
    const headers = new Headers(init.headers);
    if (method === 'PUT' && rest === '') return this.#open(takeId, JSON.parse(String(init.body)), headers);
    const take = this.takes.get(takeId);
    if (!take) return problem(404, 'not_found');
    if (method === 'GET') return this.#status(takeId, take);
    if (rest === '/return') {
      take.state = 'returned';
      take.returnReason = (JSON.parse(String(init.body)) as { reason: string }).reason;
      return json(200, {});
    }
    if (rest === '/finalise') return this.#finalise(takeId, take, JSON.parse(String(init.body)));
    const place = /^\/segments\/(\d+)\/chunks\/(\d+)$/.exec(rest);
    if (!place) return problem(404, 'method_unknown');
    const sent = init.body as Uint8Array;
    const bytes = Uint8Array.from(sent);
    if (corrupt) bytes[0] = bytes[0]! ^ 0xff;
    return this.#put(take, Number(place[1]), Number(place[2]), bytes, headers);
  }

  #open(takeId: string, body: OpenTake, headers: Headers): Response {
    let take = this.takes.get(takeId);
    const own = take !== undefined && headers.get('Fairtake-Lease') === take.lease;
    if (take && !own && body.takeOver !== true) return problem(409, 'take_elsewhere');
    if (!take) {
      const { questionId } = body;
      take = {
        questionId,
        lease: '',

        state: 'open',
        segments: [],
        durationMs: null,
        returnReason: null,
      };
      this.takes.set(takeId, take);
    }
    if (!own) take.lease = `lease-${++this.#leases}`;
    const at = '2026-11-22T12:00:00Z';
    return json(200, {
      takeId,
      lease: take.lease,
      nextSegment: take.segments.length,
      takeNumber: 1,
      serverNow: at,
      startedAt: at,
      recordingEndsAt: at,
      limits: { ...limits, answerSeconds: 120 },
    });
  }

  #put(take: HeldTake, segment: number, index: number, bytes: Uint8Array, headers: Headers): Response {
    if (bytes.byteLength === 0 || bytes.byteLength > limits.chunkMaxBytes)
      return problem(413, 'body_too_large');
    const sha256 = this.#options.sha256(bytes);
    if (headers.get('Content-Digest') !== contentDigest(sha256)) return problem(422, 'digest_differs');
    if (take.state !== 'open') return problem(409, 'take_closed');
    const lease = headers.get('Fairtake-Lease') ?? '';
    if (segment >= take.segments.length) {
      if (lease !== take.lease) return problem(409, 'lease_lost');
      if (segment > take.segments.length) return problem(400, 'params_invalid');
      take.segments.push({ lease, chunks: new Map() });
    }
    const held = take.segments[segment]!;
    if (held.lease !== lease) return problem(409, 'lease_lost');
    const before = held.chunks.get(index);
    if (before && before.sha256 !== sha256) return problem(409, 'chunk_differs');
    if (!before) held.chunks.set(index, { bytes, sha256 });
    return json(before ? 200 : 201, { segment, index, sizeBytes: bytes.byteLength, sha256 });
  }

  #status(takeId: string, take: HeldTake): Response {
    const segments = take.segments.map(({ chunks }, segment) => {
      const bitmap = new Uint8Array(Math.ceil((Math.max(-1, ...chunks.keys()) + 1) / 8));
      for (const index of chunks.keys()) bitmap[index >> 3]! |= 1 << (index & 7);
      let contiguous = 0;
      while (chunks.has(contiguous)) contiguous++;
      const sizeBytes = [...chunks.values()].reduce((sum, chunk) => sum + chunk.bytes.byteLength, 0);
      return { segment, contiguous, bitmap: btoa(String.fromCharCode(...bitmap)), sizeBytes };
    });
    return json(200, { takeId, questionId: take.questionId, state: take.state, segments });
  }

  async #finalise(takeId: string, take: HeldTake, manifest: FinaliseTake): Promise<Response> {
    for (let waitedMs = 0; missingOf(take, manifest).length > 0; waitedMs += 100) {
      if (waitedMs >= limits.finaliseWaitMs) {
        return problem(409, 'chunks_missing', { missing: missingOf(take, manifest) });
      }
      await this.#sleep(100, undefined);
    }
    const { sha256 } = this.#options;
    const segments = manifest.segments.map((_, segment) => {
      const bytes = this.assembled(takeId, segment);
      return { sizeBytes: bytes.byteLength, sha256: sha256(bytes) };
    });
    const same = manifest.segments.every((declared, segment) => {
      const { chunks } = take.segments[segment]!;
      const digests = [...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => fromHex(chunk.sha256));
      return declared.count === chunks.size && declared.sha256 === sha256(joinBytes(digests));
    });
    if (!same || manifest.segments.length !== take.segments.length) return problem(409, 'manifest_differs');
    take.state = 'finalised';
    take.durationMs = manifest.durationMs;
    return json(200, { takeId, segments, receivedAt: '2026-11-22T12:00:00Z', verdict: 'complete' });
  }

  #sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(delayMs, resolve);
      rejectOnAbort(signal, (reason) => {
        cancel();
        reject(reason);
      });
    });
  }
}

function rejectOnAbort(signal: AbortSignal | undefined, reject: (reason: unknown) => void): void {
  const abort = (): void => reject(new DOMException('Aborted', 'AbortError'));
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
}

function missingOf(take: HeldTake, manifest: FinaliseTake): MissingChunks {
  return manifest.segments.flatMap(({ count }, segment) => {
    const chunks = take.segments[segment]?.chunks;
    const indexes = Array.from({ length: count }, (_, index) => index).filter((index) => !chunks?.has(index));
    return indexes.length > 0 ? [{ segment, indexes }] : [];
  });
}

function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

function problem(
  status: number,
  code: string,
  members: object = {},
  headers: Record<string, string> = {},
): Response {
  return new Response(
    JSON.stringify({ type: `urn:fairtake:${code}`, title: code, status, code, ...members }),
    {
      status,
      headers: { 'Content-Type': 'application/problem+json', ...headers },
    },
  );
}
