import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../../bootstrap/paths.mjs';
import { StopReason } from '../../../bootstrap/stop-reason.mjs';
import { freePort } from '../../../services/ports.mjs';
import { hasEnded, stopProcess, until } from '../../../services/processes.mjs';

const READY_TIMEOUT_MS = 5 * 60_000;
const SET_UP_TOKEN = /\/welcome#([\w-]+)/;
/** Addresses of a person's own installation: this one brings everything itself. */
const OWN_PARTS = ['DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'PORT', 'HOST', 'DATA_DIR', 'STORAGE_KIND'];

/**
 * The whole product, api and worker, as `npm start -- --no-demo` brings it up, on a free port.
 *
 * @returns {Promise<{ url: string, port: number, setUpToken: string, stop: () => Promise<void> }>}
 */
export async function startInstallation(folder) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN_PARTS.includes(name)));
  const parameters = ['--no-demo', '--port', String(port), '--data-dir', join(folder, 'data')];
  const child = spawn(process.execPath, ['tools/start.mjs', ...parameters], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = [];
  let setUpToken = null;
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    setUpToken ??= SET_UP_TOKEN.exec(line)?.[1] ?? null;
  });
  const stop = () => stopProcess(child, { graceMs: 60_000 });
  const answers = () =>
    fetch(`${url}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    );
  const settled = async () => hasEnded(child) || (setUpToken !== null && (await answers()));
  const up = await until(settled, { timeoutMs: READY_TIMEOUT_MS });
  if (up && !hasEnded(child)) return { url, port, setUpToken, stop };
  await stop();
  throw new StopReason(`The installation to measure did not come up:\n\n${lines.slice(-15).join('\n')}`);
}
