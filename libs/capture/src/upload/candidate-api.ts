import type {
  CandidateAnswer,
  ChunkReceipt,
  FinalisedTake,
  FinaliseTake,
  MissingChunks,
  OpenTake,
  ReturnTake,
  SalvageTake,
  TakeLease,
  TakeStatus,
} from '@fairtake/contracts';
import type { Clock } from '../clock';
import { contentDigest } from '../digest';

/**
 * Why a call brought no answer of ours.
 *
 * - `unreachable`: no connection, or somebody else answered (a captive portal's page, a proxy's error page).
 * - `timeout`: our own deadline passed. `aborted`: we gave the call up.
 * - `busy`: 425, 429 or 503. `broken`: any other 5xx. `refused`: a 4xx with a problem document of ours.
 */
export interface Failure {
  kind: 'unreachable' | 'timeout' | 'aborted' | 'busy' | 'broken' | 'refused';
  status: number;
  /** Problem code; empty unless the server sent one. */
  code: string;
  retryAfterMs: number | null;
  missing: MissingChunks;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export interface Call {
  timeoutMs: number;
  signal: AbortSignal;
}

export interface ChunkUpload {
  takeId: string;
  segment: number;
  index: number;
  /** Lower-case hex. */
  sha256: string;
  lease: string;
  bytes: Uint8Array;
}

export interface CandidateApiOptions {
  /** Path or address up to and without `/interviews`, e.g. `/api/v1/candidate`. */
  baseUrl: string;
  interviewId: string;
  fetch: typeof fetch;
  clock: Clock;
}

const longestRetryAfterMs = 5 * 60_000;

/** The calls of the capture protocol. Never rejects; sends each request once (retrying is the uploader's). */
export class CandidateApi {
  readonly #options: CandidateApiOptions;

  constructor(options: CandidateApiOptions) {
    this.#options = options;
  }

  /** `lease` is the one held from before, if any: lets a server recognise its own holder after a reload. */
  open(takeId: string, body: OpenTake, lease: string | null, call: Call): Promise<Outcome<TakeLease>> {
    const headers: Record<string, string> = lease === null ? {} : { 'Fairtake-Lease': lease };
    return this.#json('PUT', this.#take(takeId), body, headers, call, (reply) => {
      const { takeId: id, lease: granted, nextSegment } = reply as Partial<TakeLease>;
      return id === takeId && typeof granted === 'string' && Number.isInteger(nextSegment);
    });
  }

  /** Resolves ok only on a receipt for exactly these bytes. */
  putChunk(chunk: ChunkUpload, call: Call): Promise<Outcome<ChunkReceipt>> {
    const path = `${this.#take(chunk.takeId)}/segments/${chunk.segment}/chunks/${chunk.index}`;
    const headers = {
      'Content-Type': 'application/octet-stream',
      'Content-Digest': contentDigest(chunk.sha256),
      'Fairtake-Lease': chunk.lease,
    };
    return this.#request(
      path,
      { method: 'PUT', headers, body: chunk.bytes as Uint8Array<ArrayBuffer> },
      call,
      (reply) => {
        const receipt = reply as Partial<ChunkReceipt>;
        return (
          receipt.segment === chunk.segment &&
          receipt.index === chunk.index &&
          receipt.sizeBytes === chunk.bytes.byteLength &&
          receipt.sha256 === chunk.sha256
        );
      },
    );
  }

  status(takeId: string, call: Call): Promise<Outcome<TakeStatus>> {
    return this.#request(this.#take(takeId), { method: 'GET' }, call, (reply) => {
      const status = reply as Partial<TakeStatus>;
      return status.takeId === takeId && typeof status.state === 'string' && Array.isArray(status.segments);
    });
  }

  finalise(takeId: string, body: FinaliseTake, lease: string, call: Call): Promise<Outcome<FinalisedTake>> {
    const headers = { 'Fairtake-Lease': lease };
    return this.#json('POST', `${this.#take(takeId)}/finalise`, body, headers, call, isFinalised(takeId));
  }

  /** For a take whose bytes are lost for good: closes it with what the server holds up to the first gap. */
  salvage(takeId: string, body: SalvageTake, call: Call): Promise<Outcome<FinalisedTake>> {
    return this.#json('POST', `${this.#take(takeId)}/salvage`, body, {}, call, isFinalised(takeId));
  }

  /** Gives the take back after a technical fault. */
  giveBack(takeId: string, body: ReturnTake, call: Call): Promise<Outcome<CandidateAnswer>> {
    return this.#json('POST', `${this.#take(takeId)}/return`, body, {}, call, (reply) => {
      const { takes } = reply as Partial<CandidateAnswer>;
      return (
        Array.isArray(takes) && takes.some((take) => take.takeId === takeId && take.state === 'returned')
      );
    });
  }

  #take(takeId: string): string {
    const { baseUrl, interviewId } = this.#options;
    return `${baseUrl}/interviews/${encodeURIComponent(interviewId)}/takes/${encodeURIComponent(takeId)}`;
  }

  #json<T>(
    method: string,
    url: string,
    body: unknown,
    headers: Record<string, string>,
    call: Call,
    isOurs: (reply: object) => boolean,
  ): Promise<Outcome<T>> {
    const init = {
      method,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    };
    return this.#request(url, init, call, isOurs);
  }

  async #request<T>(
    url: string,
    init: RequestInit,
    call: Call,
    isOurs: (reply: object) => boolean,
  ): Promise<Outcome<T>> {
    const deadline = new AbortController();
    let timedOut = false;
    const cancel = this.#options.clock.after(call.timeoutMs, () => {
      timedOut = true;
      deadline.abort();
    });
    const giveUp = (): void => deadline.abort();
    call.signal.addEventListener('abort', giveUp);
    if (call.signal.aborted) deadline.abort();
    try {
      const response = await this.#options.fetch(url, {
        ...init,
        credentials: 'same-origin',
        cache: 'no-store',
        // A redirect is a portal's or a proxy's: none of these endpoints ever sends one.
        redirect: 'error',
        signal: deadline.signal,
      });
      // The deadline covers the body too: headers may arrive and the rest never.
      return readReply(response, await response.text(), isOurs);
    } catch {
      const kind = call.signal.aborted ? 'aborted' : timedOut ? 'timeout' : 'unreachable';
      return { ok: false, failure: { kind, status: 0, code: '', retryAfterMs: null, missing: [] } };
    } finally {
      cancel();
      call.signal.removeEventListener('abort', giveUp);
    }
  }
}

const isFinalised =
  (takeId: string) =>
  (reply: object): boolean => {
    const { takeId: id, verdict, segments } = reply as Partial<FinalisedTake>;
    return id === takeId && typeof verdict === 'string' && Array.isArray(segments);
  };

function readReply<T>(response: Response, text: string, isOurs: (reply: object) => boolean): Outcome<T> {
  const { status } = response;
  const reply = parseObject(response, text);
  if (response.ok && reply && isOurs(reply)) return { ok: true, value: reply as T };
  const problem = (reply ?? {}) as { code?: unknown; missing?: unknown };
  const code = typeof problem.code === 'string' ? problem.code : '';
  const failure: Failure = {
    kind: 'unreachable',
    status,
    code,
    retryAfterMs: retryAfterMs(response.headers),
    missing: Array.isArray(problem.missing) ? (problem.missing as MissingChunks) : [],
  };
  if (status === 425 || status === 429 || status === 503) failure.kind = 'busy';
  else if (status >= 500) failure.kind = 'broken';
  // A 4xx without a problem document was not written by our server: the network is in the way.
  else if (status >= 400 && code !== '') failure.kind = 'refused';
  return { ok: false, failure };
}

function parseObject(response: Response, text: string): object | null {
  if (!/\bjson\b/i.test(response.headers.get('Content-Type') ?? '')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}

/**
 * Both forms of RFC 9110, 10.2.3. A date is read against the reply's own `Date`, so this device's clock has no say;
 * without one the back-off has to do.
 */
function retryAfterMs(headers: Headers): number | null {
  const value = headers.get('Retry-After')?.trim() ?? '';
  const seconds = /^\d{1,9}$/.test(value)
    ? Number(value)
    : (Date.parse(value) - Date.parse(headers.get('Date') ?? '')) / 1_000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1_000, 0), longestRetryAfterMs) : null;
}
