import { spawn } from 'node:child_process';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';

/**
 * Runs a Node script to its end; the next step needs it to succeed. `env` adds to ours. Rejects with a
 * StopReason when it fails and at once when `signal` aborts.
 */
export async function runStep(name, parameters, { signal, env = {} }) {
  signal.throwIfAborted();
  const child = spawn(process.execPath, parameters, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0) throw new StopReason(`The step "${name}" failed, see above.`);
}
