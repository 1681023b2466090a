import { spawn } from 'node:child_process';
import { ROOT } from '../bootstrap/paths.mjs';

/** Runs a Node script with the terminal's output; resolves to its exit code (null when killed). */
export function runProcess(parameters, { env, signal }) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, parameters, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const stop = () => child.kill();
    signal.addEventListener('abort', stop);
    child.once('error', reject);
    child.once('exit', (code) => {
      signal.removeEventListener('abort', stop);
      resolve(code);
    });
  });
}
