import http from 'node:http';

export interface HttpRequest {
  /** Sent as JSON, unless it is a string or bytes: those go out as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  /** `name=value` pairs. */
  cookies?: readonly string[];
  /** Address the request seems to come from; a new one each time when absent. */
  from?: string;
}

export interface HttpReply {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  bytes: Buffer;
  /** The parsed body; throws when it is not JSON. */
  json<Body = Record<string, unknown>>(): Body;
  /** `name=value` of every cookie set. */
  cookies: string[];
}

/** Sends requests as our own pages do: same-origin, JSON. Headers of a request override both. */
export class HttpClient {
  constructor(readonly port: number) {}

  get = (path: string, request?: HttpRequest): Promise<HttpReply> => this.send('GET', path, request);
  post = (path: string, request?: HttpRequest): Promise<HttpReply> => this.send('POST', path, request);
  put = (path: string, request?: HttpRequest): Promise<HttpReply> => this.send('PUT', path, request);
  patch = (path: string, request?: HttpRequest): Promise<HttpReply> => this.send('PATCH', path, request);
  delete = (path: string, request?: HttpRequest): Promise<HttpReply> => this.send('DELETE', path, request);

  send(method: string, path: string, request: HttpRequest = {}): Promise<HttpReply> {
    const body = encode(request.body);
    const headers = {
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': request.from ?? newAddress(),
      ...(body ? { 'content-type': 'application/json', 'content-length': String(body.length) } : {}),
      ...(request.cookies?.length ? { cookie: request.cookies.join('; ') } : {}),
      ...request.headers,
    };
    return this.exchange(method, path, withoutEmpty(headers), body);
  }

  private exchange(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Buffer | undefined,
  ): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      const outgoing = http.request({
        host: '127.0.0.1',
        port: this.port,
        method,
        path,
        headers,
        agent: false,
      });
      outgoing.once('error', reject);
      outgoing.once('response', (incoming) => {
        const pieces: Buffer[] = [];
        incoming.on('data', (piece: Buffer) => pieces.push(piece));
        incoming.once('error', reject);
        incoming.once('end', () => resolve(toReply(incoming, Buffer.concat(pieces))));
      });
      outgoing.end(body);
    });
  }
}

let addresses = 0;
/** Addresses for documentation and tests (RFC 3849). */
const newAddress = (): string => `2001:db8:0:${(addresses += 1).toString(16)}::1`;

const toReply = (incoming: http.IncomingMessage, bytes: Buffer): HttpReply => {
  const text = bytes.toString('utf8');
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text,
    bytes,
    json: <Body>() => JSON.parse(text) as Body,
    cookies: (incoming.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';', 1)[0]!),
  };
};

const encode = (body: unknown): Buffer | undefined => {
  if (body === undefined) return undefined;
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

/** An empty value means: send this header not at all. */
const withoutEmpty = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
