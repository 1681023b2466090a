import type { FinaliseTake, OpenTake } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import type { Clock } from '../clock';
import { FakeTakes, type FakeReply, type HeldTake } from './fake-takes';

/**
 * What happens to one request. `drop`: it never arrives. `lost_ack`: it is done, the reply is lost. `stall`: no reply
 * ever. `late`: it arrives 20 s later, whether or not anybody still waits. `duplicate`: it arrives again 3 s later.
 * `portal`: somebody else's page with status 200. `corrupt`: a byte of the body flips on the way.
 */
export type Fault =
  | 'none'
  | 'drop'
  | 'lost_ack'
  | 'stall'
  | 'late'
  | 'duplicate'
  | 'portal'
  | 'portal_403'
  | 'error_500'
  | 'gateway_502'
  | 'busy'
  /** 503 with `Retry-After: 0`. */
  | 'busy_now'
  | 'storage_full'
  | 'corrupt'
  | 'signed_out';

const lateMs = 20_000;
const duplicateMs = 3_000;
const browserSession = 'browser';

export interface FakeCaptureServerOptions {
  clock: Clock;
  /** Lower-case hex. */
  sha256: (bytes: Uint8Array) => string;
  /** Asked once per request. */
  fault?: (request: { method: string; url: string }) => Fault;
  /** Asked once per request: how long it takes to arrive. Differing delays change the order. */
  delayMs?: () => number;
  /** Asked once per request: how long the reply is on its way. Default 0. */
  replyMs?: () => number;
}

/**
 * The server's side of the capture protocol in memory: the rules are {@link FakeTakes}, the faults on the way are
 * here. `fetch` is its front door for one browser, `fetchAs` for several.
 */
export class FakeCaptureServer {
  readonly held: FakeTakes;
  /** Every request that was sent, e.g. `PUT …/chunks/3`, whatever became of it. */
  readonly requests: string[] = [];
  readonly #options: FakeCaptureServerOptions;
  #isDown = false;
  /** Connections of an earlier life of the process are dead, whatever they were waiting for. */
  #life = 0;

  constructor(options: FakeCaptureServerOptions) {
    this.#options = options;
    this.held = new FakeTakes({ nowMs: () => options.clock.nowMs(), sha256: options.sha256 });
  }

  get takes(): Map<string, HeldTake> {
    return this.held.takes;
  }

  readonly fetch = (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> =>
    this.#answer(browserSession, String(input), init);

  /** The front door as the browser with this session cookie sees it. */
  fetchAs(session: string): typeof fetch {
    return (input, init = {}) => this.#answer(session, String(input), init);
  }

  /** kill -9: what was committed stays, every open connection breaks, nothing new is answered. */
  crash(): void {
    this.#isDown = true;
    this.#life++;
  }

  restart(): void {
    this.#isDown = false;
  }

  /** Bytes of one segment in index order. */
  assembled(takeId: string, segment = 0): Uint8Array {
    return this.held.assembled(takeId, segment);
  }

  async #answer(session: string, url: string, init: RequestInit): Promise<Response> {
    const method = init.method ?? 'GET';
    this.requests.push(`${method} ${url}`);
    const fault = this.#options.fault?.({ method, url }) ?? 'none';
    const signal = init.signal ?? undefined;
    if (fault === 'stall') return new Promise((_, reject) => rejectOnAbort(signal, reject));
    const life = this.#life;
    const again = (delayMs: number): void => {
      this.#options.clock.after(delayMs, () => {
        if (this.#isAlive(life)) void this.#route(session, method, url, init, false);
      });
    };
    if (fault === 'late') {
      again(lateMs);
      return new Promise((_, reject) => rejectOnAbort(signal, reject));
    }
    await this.#sleep(this.#options.delayMs?.() ?? 20, signal);
    if (fault === 'drop' || !this.#isAlive(life)) throw new TypeError('Failed to fetch');
    const forged = forgedReply(fault);
    if (forged) return forged;
    if (fault === 'duplicate') again(duplicateMs);
    const { status, body } = await this.#route(session, method, url, init, fault === 'corrupt');
    await this.#sleep(this.#options.replyMs?.() ?? 0, signal);
    if (fault === 'lost_ack' || !this.#isAlive(life)) throw new TypeError('Failed to fetch');
    return jsonResponse(status, body);
  }

  #isAlive(life: number): boolean {
    return !this.#isDown && life === this.#life;
  }

  async #route(
    session: string,
    method: string,
    url: string,
    init: RequestInit,
    corrupt: boolean,
  ): Promise<FakeReply> {
    const path = /\/interviews\/[^/]+\/takes\/([^/]+)(\/.*)?$/.exec(url);
    if (!path) return { status: 404, body: { code: 'not_found' } };
    const takeId = path[1]!;
    const rest = path[2] ?? '';
    const body = <Body>(): Body => JSON.parse(String(init.body)) as Body;
    if (method === 'PUT' && rest === '') return this.held.open(takeId, body<OpenTake>(), session);
    if (method === 'GET') return this.held.status(takeId);
    if (rest === '/return') return this.held.giveBack(takeId, body<{ reason: string }>().reason);
    if (rest === '/salvage')
      return this.held.salvage(takeId, body<{ durationMs: number | null }>().durationMs);
    if (rest === '/finalise') return this.#finalise(takeId, body<FinaliseTake>());
    const place = /^\/segments\/(\d+)\/chunks\/(\d+)$/.exec(rest);
    if (!place) return { status: 404, body: { code: 'method_unknown' } };
    const bytes = Uint8Array.from(init.body as Uint8Array);
    if (corrupt) bytes[0] = bytes[0]! ^ 0xff;
    const [segment, index] = [Number(place[1]), Number(place[2])];
    return this.held.put(takeId, { segment, index }, bytes, new Headers(init.headers));
  }

  /** Waits a moment for listed chunks that are on their way, as the real one does. */
  async #finalise(takeId: string, manifest: FinaliseTake): Promise<FakeReply> {
    for (let waitedMs = 0; waitedMs < limits.finaliseWaitMs; waitedMs += 100) {
      if ((this.held.missing(takeId, manifest) ?? []).length === 0) break;
      await this.#sleep(100, undefined);
    }
    return this.held.finalise(takeId, manifest);
  }

  #sleep(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (delayMs === 0) return Promise.resolve();
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

/** An answer that never saw the rules. */
function forgedReply(fault: Fault): Response | null {
  const html = { 'Content-Type': 'text/html' };
  switch (fault) {
    case 'portal':
      return new Response('<html>Welcome to the airport</html>', { headers: html });
    case 'portal_403':
      return new Response('<html>Please sign in to the hotel</html>', { status: 403 });
    case 'gateway_502':
      return new Response('<html>Bad gateway</html>', { status: 502, headers: html });
    case 'error_500':
      return jsonResponse(500, { code: 'internal' });
    case 'busy':
      return jsonResponse(503, { code: 'unavailable' }, { 'Retry-After': '2' });
    case 'busy_now':
      return jsonResponse(503, { code: 'unavailable' }, { 'Retry-After': '0' });
    case 'storage_full':
      return jsonResponse(507, { code: 'storage_full' });
    case 'signed_out':
      return jsonResponse(401, { code: 'signed_out' });
    default:
      return null;
  }
}

function jsonResponse(status: number, body: object, headers: Record<string, string> = {}): Response {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } });
}
