interface RequestOptions {
  body?: unknown;
  bytes?: Uint8Array;
  headers?: Record<string, string>;
}

/** A person at the other end of the API: keeps their cookies, speaks as our own pages do. */
export class ApiClient {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  /**
   * Speaks to `/api/v1`.
   *
   * @returns the reply's JSON, unchecked: the caller names its type
   * @throws Error with the problem document when the reply is not 2xx
   */
  async request<Reply>(
    method: string,
    path: string,
    { body, bytes, headers }: RequestOptions = {},
  ): Promise<Reply> {
    const response = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      headers: {
        Origin: this.#url,
        Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(bytes === undefined ? {} : { 'Content-Type': 'application/octet-stream' }),
        ...headers,
      },
      body: bytes ? new Blob([new Uint8Array(bytes)]) : body === undefined ? null : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name && value !== undefined) this.#cookies.set(name, value);
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Reply;
  }

  get<Reply>(path: string): Promise<Reply> {
    return this.request('GET', path);
  }

  post<Reply>(path: string, body?: unknown): Promise<Reply> {
    return this.request('POST', path, { body });
  }

  put<Reply>(path: string, body?: unknown): Promise<Reply> {
    return this.request('PUT', path, { body });
  }
}
