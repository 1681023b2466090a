import { setTimeout as wait } from 'node:timers/promises';

/** How often one request is slowed down before that is an error. */
const WAITS_MAX = 10;

/** A person at the other end of the API: keeps their cookies, speaks as our own pages do. */
export class ApiClient {
  #cookies = new Map();

  /** @param {string} url address of the installation, without a trailing slash */
  constructor(url) {
    this.url = url;
  }

  get = (path) => this.request('GET', path);
  post = (path, body) => this.request('POST', path, { body });
  put = (path, body, headers) => this.request('PUT', path, { body, headers });

  /**
   * A request that is told to slow down is sent again after the time it was told.
   *
   * @returns the reply's JSON, or null for 204; throws with the problem's code otherwise
   */
  async request(method, path, { body, bytes, headers = {}, waits = 0 } = {}) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        Origin: this.url,
        Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(bytes === undefined ? {} : { 'Content-Type': 'application/octet-stream' }),
        ...headers,
      },
      body: bytes ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) this.#cookies.set(name, value);
    }
    const text = await response.text();
    const reply = text === '' ? null : JSON.parse(text);
    if (reply?.code === 'too_many_requests' && waits < WAITS_MAX) {
      await wait(1_000 * (reply.retryAfterSeconds ?? 1));
      return this.request(method, path, { body, bytes, headers, waits: waits + 1 });
    }
    if (!response.ok)
      throw new ApiRefused(`${method} ${path}: ${response.status} ${JSON.stringify(reply)}`, reply?.code);
    return reply;
  }
}

export class ApiRefused extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}
