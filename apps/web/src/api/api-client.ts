import type { ErrorCode, Problem } from '@fairtake/contracts';

const prefix = '/api/v1';

/**
 * The server refused: an RFC 9457 problem document. `code` is the stable key the screens have words for.
 * A reply that is no problem document (a proxy's page, say) becomes `internal` with the HTTP status kept.
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ErrorCode;
  readonly status: number;
  constructor(readonly problem: Problem) {
    super(`${problem.status} ${problem.code}`);
    this.code = problem.code;
    this.status = problem.status;
  }
}

/** No answer came: offline, the name does not resolve, the connection broke. Nothing is known about the write. */
export class NetworkFault extends Error {
  override readonly name = 'NetworkFault';
}

export type ApiRequest = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * Sends one request to the API, path given without the `/api/v1` prefix.
 * @returns the parsed JSON body, `undefined` for 204.
 * @throws ApiProblem when the server refused, NetworkFault when no answer came, the signal's reason when aborted.
 */
export async function requestJson<Reply>(path: string, request: ApiRequest = {}): Promise<Reply> {
  const response = await requestResponse(path, request);
  if (response.status === 204) return undefined as Reply;
  return (await response.json()) as Reply;
}

/** Like requestJson, but hands back the whole response: for replies whose headers matter. */
export async function requestResponse(path: string, request: ApiRequest = {}): Promise<Response> {
  const response = await send(path, request);
  if (!response.ok) throw new ApiProblem(await readProblem(response));
  return response;
}

async function send(
  path: string,
  { method = 'GET', body, headers = {}, signal }: ApiRequest,
): Promise<Response> {
  try {
    return await fetch(prefix + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new NetworkFault('No answer from the server', { cause: error });
  }
}

async function readProblem(response: Response): Promise<Problem> {
  const { status } = response;
  const unreadable: Problem = {
    type: 'about:blank',
    title: response.statusText,
    status,
    code: status === 502 || status === 503 || status === 504 ? 'unavailable' : 'internal',
    requestId: '',
  };
  if (!response.headers.get('content-type')?.includes('json')) return unreadable;
  const body = (await response.json().catch(() => null)) as Problem | null;
  return typeof body?.code === 'string' ? body : unreadable;
}
