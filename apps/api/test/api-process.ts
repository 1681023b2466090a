import { freePort, waitFor } from '@fairtake/testing';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { HttpClient } from './http-client';
import type { TestApp } from './test-app';

/** An api in a process of its own, to be killed. */
export interface ApiProcess {
  http: HttpClient;
  /** The signal that ended it, or its exit code. */
  ended(): Promise<NodeJS.Signals | number>;
  stop(): void;
}

/**
 * Runs `src/main.ts` as it stands on the database and the bytes of a test app, and waits until it answers.
 *
 * @param env variables that differ, such as FAULT or the S3 store the test app was started with
 */
export async function startApiProcess(service: TestApp, env: Record<string, string>): Promise<ApiProcess> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      ...['--conditions=source', '--require', require.resolve('@fairtake/testing/register-typescript')],
      path.join(__dirname, '../src/main.ts'),
    ],
    {
      env: {
        ...{ PATH: process.env.PATH ?? '', PORT: String(port), LOG_LEVEL: 'warn' },
        ...{ DATABASE_URL: service.urls.app, OPS_DATABASE_URL: service.urls.ops },
        ...{ STORAGE_DIRECTORY: service.storageDirectory, ...env },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text));
  const stop = (): void => void child.kill('SIGKILL');
  const http = new HttpClient(port);
  try {
    const answers = async () => child.exitCode !== null || (await http.get('/healthz')).status === 200;
    await waitFor(answers, { what: 'the api process to answer', timeoutMs: 45_000 });
    if (child.exitCode !== null) throw new Error(`The api did not start:\n${output}`);
  } catch (error) {
    stop();
    throw error;
  }
  const ended = () =>
    waitFor(() => child.signalCode ?? (child.exitCode === null ? null : { code: child.exitCode }), {
      what: 'the api process to end',
    }).then((end) => (typeof end === 'string' ? end : end.code));
  return { http, ended, stop };
}
