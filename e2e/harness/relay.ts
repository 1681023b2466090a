import { freePort } from '@fairtake/testing';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What stands between the browser and the api.
 *
 * - `pass` · `status`: a gateway answers with this status and a page of its own · `portal`: a captive portal answers
 *   everything with 200 and HTML · `slow`: replies take this much longer · `silence`: nothing is ever answered ·
 *   `reset`: connections break at once · `cut`: a request breaks after so many bytes of its body.
 */
export type RelayMode =
  | { kind: 'pass' | 'portal' | 'silence' | 'reset' }
  | { kind: 'status'; status: 500 | 503 }
  | { kind: 'slow'; delayMs: number }
  | { kind: 'cut'; afterBytes: number };

/** A reverse proxy whose behaviour is switched in the middle of things. Only requests of the api are troubled. */
export class Relay {
  readonly #server: http.Server;
  readonly #target: { port: number };
  readonly #agent = new http.Agent({ keepAlive: true });
  #mode: RelayMode = { kind: 'pass' };
  #troubled = 0;

  private constructor(
    readonly url: string,
    target: { port: number },
  ) {
    this.#target = target;
    this.#server = http.createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  static async start(targetPort: number): Promise<Relay> {
    const port = await freePort();
    const relay = new Relay(`http://127.0.0.1:${port}`, { port: targetPort });
    await new Promise<void>((resolve, reject) => {
      relay.#server.once('error', reject);
      relay.#server.listen(port, '127.0.0.1', resolve);
    });
    return relay;
  }

  /** From the next request on. What is under way goes on as it began. */
  become(mode: RelayMode): void {
    this.#mode = mode;
    this.#troubled = 0;
  }

  /** Requests that met the present mode. */
  get troubled(): number {
    return this.#troubled;
  }

  /** Another api process took over, on another port: what a rolling deployment does. */
  retarget(port: number): void {
    this.#target.port = port;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const mode: RelayMode = request.url?.startsWith('/api/') ? this.#mode : { kind: 'pass' };
    if (mode.kind !== 'pass') this.#troubled += 1;
    switch (mode.kind) {
      case 'silence':
        return;
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      case 'status':
        response.writeHead(mode.status, { 'Content-Type': 'text/html' }).end('<h1>Bad day</h1>');
        return;
      case 'portal':
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>Welcome to the airport</h1>');
        return;
      case 'slow':
        await pause(mode.delayMs);
        break;
      case 'cut':
        return this.#forward(request, response, mode.afterBytes);
      case 'pass':
    }
    await this.#forward(request, response, Number.POSITIVE_INFINITY);
  }

  async #forward(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    cutAfterBytes: number,
  ): Promise<void> {
    const { method, url, headers } = request;
    const options = { host: '127.0.0.1', port: this.#target.port, method, path: url, headers };
    const onward = http.request({ ...options, agent: this.#agent });
    const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
      onward.once('response', resolve);
      onward.once('error', reject);
    });
    // Kept aside: Node takes it off a request that has ended.
    const { socket } = request;
    answered.catch(() => socket.destroy());
    let leftBytes = cutAfterBytes;
    for await (const part of request as AsyncIterable<Buffer>) {
      onward.write(part.subarray(0, leftBytes));
      leftBytes -= part.length;
      if (leftBytes > 0) continue;
      onward.destroy();
      socket.destroy();
      return;
    }
    onward.end();
    const reply = await answered;
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
  }
}
