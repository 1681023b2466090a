import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { hasEnded, startProcess, stopProcess, until } from './processes.mjs';

const START_TIMEOUT_MS = 20_000;

/**
 * Starts a Redis of our own on loopback and resolves to the child once it answers.
 *
 * @param {{ program: string, directory: string, port: number, password: string, logFile: string,
 *   durable?: boolean }} options `durable` writes an append-only file; jobs survive without it too (the
 *   outbox in PostgreSQL is the truth), only later.
 */
export async function startRedis({ program, directory, port, password, logFile, durable = true }) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const configuration = join(directory, 'redis.conf');
  // A file and not parameters: those show in the process list, and this one holds the password.
  writeFileSync(
    configuration,
    [
      'bind 127.0.0.1',
      `port ${port}`,
      `requirepass ${password}`,
      `dir "${directory}"`,
      'daemonize no',
      `appendonly ${durable ? 'yes' : 'no'}`,
      'save ""',
      'maxmemory-policy noeviction',
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  chmodSync(configuration, 0o600);
  const child = startProcess(program, [configuration], { cwd: directory, logFile });
  const answers = () => ping(port, password);
  const up = await until(async () => hasEnded(child) || (await answers()), { timeoutMs: START_TIMEOUT_MS });
  if (up && !hasEnded(child)) return child;
  await stopProcess(child);
  throw new StopReason(`Redis did not start. Its log: ${logFile}`);
}

export const redisUrl = ({ port, password }) => `redis://default:${password}@127.0.0.1:${port}`;

/** True once Redis has loaded its file and answers with this password. */
function ping(port, password) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    let reply = '';
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (bytes) => {
      reply += bytes;
      if (reply.includes('+PONG')) finish(true);
      else if (/^-/m.test(reply)) finish(false);
    });
  });
}
