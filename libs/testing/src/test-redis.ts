import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { freePort } from './free-port';
import { startServerProcess, type ServerProcess } from './server-process';
import { makeTemporaryDirectory } from './temporary-directory';
import { waitFor } from './wait-for';

/** A Redis for one test file. */
export interface TestRedis {
  url: string;
  /** Put it before every key (Bull: `prefix`): with TEST_REDIS_URL several test files share one server. */
  keyPrefix: string;
  /** Ends the server if it was started here. */
  stop(): Promise<void>;
}

/** A Redis nobody else uses: it may be flushed, killed and started again. */
export interface OwnTestRedis extends TestRedis {
  /** For SIGSTOP and SIGCONT; changes with every `restart`. */
  pid(): number;
  /** SIGKILL: what was not on disk is gone. Resolves when the port is closed. */
  kill(): Promise<void>;
  /** Starts it again on the same port after `kill`; empty unless `appendOnly`. */
  restart(): Promise<void>;
}

const MAX_START_TRIES = 3;
const PID_FILE = 'redis.pid';

/** The Redis of TEST_REDIS_URL if that is set, otherwise one of its own. Do not FLUSHALL it: others may use it too. */
export async function startTestRedis(): Promise<TestRedis> {
  const url = process.env.TEST_REDIS_URL;
  if (url) return { url, keyPrefix: uniquePrefix(), stop: async () => undefined };
  return startOwnTestRedis();
}

/**
 * A redis-server on a free port of 127.0.0.1, without persistence.
 *
 * @param options.appendOnly keeps an append-only file, synced with every write, so that data survives `kill`
 */
export async function startOwnTestRedis(options: { appendOnly?: boolean } = {}): Promise<OwnTestRedis> {
  const directory = await makeTemporaryDirectory({ name: 'redis', pidFile: PID_FILE });
  const launch = (port: number): Promise<ServerProcess> => start(directory.path, port, options.appendOnly);
  let server: ServerProcess;
  let port: number;
  try {
    ({ port, server } = await startOnFreePort(launch));
  } catch (error) {
    await directory.remove();
    throw error;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    keyPrefix: uniquePrefix(),
    pid: () => server.pid,
    kill: async () => {
      await server.end('SIGKILL');
      // The number may soon belong to another process.
      await fs.rm(path.join(directory.path, PID_FILE), { force: true });
    },
    restart: async () => {
      if (server.isRunning()) throw new Error('Redis is still running: kill it before you restart it.');
      server = await launch(port);
    },
    stop: async () => {
      await server.end('SIGKILL');
      await directory.remove();
    },
  };
}

async function startOnFreePort(
  launch: (port: number) => Promise<ServerProcess>,
): Promise<{ port: number; server: ServerProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, server: await launch(port) };
    } catch (error) {
      // Somebody may have taken the port between our look and the server's.
      if (attempt === MAX_START_TRIES) throw error;
    }
  }
}

async function start(directory: string, port: number, appendOnly = false): Promise<ServerProcess> {
  const persistence = appendOnly
    ? ['--appendonly', 'yes', '--appendfsync', 'always']
    : ['--appendonly', 'no'];
  const network = ['--port', String(port), '--bind', '127.0.0.1'];
  const server = await startServerProcess(
    'redis-server',
    [...network, '--dir', directory, '--save', '', '--maxmemory-policy', 'noeviction', ...persistence],
    { cwd: directory },
  );
  await fs.writeFile(path.join(directory, PID_FILE), `${server.pid}\n`);
  await waitFor(async () => !server.isRunning() || (await answersPing(port)), { what: 'Redis to start' });
  if (!server.isRunning()) throw new Error(`redis-server did not start:\n${server.log()}`);
  return server;
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (reply) => {
      socket.destroy();
      resolve(reply.toString().startsWith('+PONG'));
    });
    socket.once('error', () => resolve(false));
  });
}

function uniquePrefix(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}
