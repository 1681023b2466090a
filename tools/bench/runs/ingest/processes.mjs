import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../../bootstrap/paths.mjs';
import { freePort } from '../../../services/ports.mjs';
import { stopProcess } from '../../../services/processes.mjs';

const PARTS = join(ROOT, 'tools', 'bench', 'runs', 'ingest');

/** @tus/server with a file store that keeps our promise. */
export async function startDurableTus(folder) {
  const port = await freePort();
  const script = join(PARTS, 'durable-tus-server.mjs');
  const child = spawn(process.execPath, [script, folder, String(port)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The tus server did not start.');
  });
  await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended]);
  ended.catch(() => undefined);
  return { port, stop: () => stopProcess(child) };
}

/**
 * Sends requests from another process.
 *
 * @returns {Promise<{ latenciesMs: number[], failures: Record<string, number> }>}
 */
export async function runLoad(task) {
  const child = fork(join(PARTS, 'load-process.mjs'), [], { cwd: ROOT });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The load process ended without a result.');
  });
  child.send(task);
  const [result] = await Promise.race([once(child, 'message'), ended]);
  ended.catch(() => undefined);
  return result;
}
