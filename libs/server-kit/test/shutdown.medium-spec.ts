import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { drainServer } from '../src';

interface Running {
  server: http.Server;
  port: number;
  /** Ends the reply that `/slow` waits with. */
  release(): void;
  /** Resolves when `/slow` has been asked. */
  asked: Promise<void>;
}

async function start(): Promise<Running> {
  let release = (): void => undefined;
  let reached = (): void => undefined;
  const asked = new Promise<void>((resolve) => (reached = resolve));
  const server = http.createServer((request, response) => {
    if (request.url !== '/slow') return void response.end('quick');
    release = () => response.end('slow');
    reached();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, release: () => release(), asked };
}

const get = (port: number, path: string, agent?: http.Agent): Promise<string> =>
  new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, agent }, (response) => {
        let text = '';
        response.on('data', (bytes: Buffer) => (text += bytes.toString()));
        response.once('end', () => resolve(text));
        response.once('error', reject);
      })
      .once('error', reject);
  });

test('a request in flight ends, idle connections close, and nobody new gets in', async () => {
  const { server, port, release, asked } = await start();
  const agent = new http.Agent({ keepAlive: true });
  await get(port, '/', agent);
  const slow = get(port, '/slow', agent);
  await asked;
  const drained = drainServer(server, { timeoutMs: 5_000 });
  await expect(get(port, '/')).rejects.toThrow('ECONNREFUSED');
  release();
  expect(await slow).toBe('slow');
  expect(await drained).toBe(true);
  agent.destroy();
});

test('a request that does not end is cut', async () => {
  const { server, port, asked } = await start();
  const slow = get(port, '/slow').catch((error: Error) => error.message);
  await asked;
  expect(await drainServer(server, { timeoutMs: 50 })).toBe(false);
  expect(await slow).toMatch(/socket hang up|ECONNRESET/);
});
