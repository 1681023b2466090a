import { spawn } from 'node:child_process';
import path from 'node:path';
import { waitFor } from '@fairtake/testing';

/** A worker in a process of its own, to be killed. */
export interface WorkerProcess {
  pid: number;
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** How it ended: an exit code or the name of a signal. */
  ended(timeoutMs?: number): Promise<number | NodeJS.Signals>;
}

/** Runs `src/main.ts` as it stands: no test depends on a build. */
export function startWorkerProcess(env: Record<string, string>): WorkerProcess {
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--require',
      path.join(__dirname, 'register-typescript.cjs'),
      path.join(__dirname, '../src/main.ts'),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text));
  return {
    pid: child.pid!,
    output: () => output,
    kill: (signal) => child.kill(signal),
    ended: (timeoutMs = 60_000) =>
      waitFor(() => child.signalCode ?? (child.exitCode === null ? null : { code: child.exitCode }), {
        what: 'the worker process to end',
        timeoutMs,
      }).then((end) => (typeof end === 'string' ? end : end.code)),
  };
}
