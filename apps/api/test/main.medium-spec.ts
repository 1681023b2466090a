import { createTestDatabase, type TestDatabase } from '@fairtake/database/testing';
import {
  freePort,
  makeTemporaryDirectory,
  startTestPostgres,
  waitFor,
  type TemporaryDirectory,
  type TestPostgres,
} from '@fairtake/testing';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { HttpClient } from './http-client';

const root = path.join(__dirname, '../../..');
const main = path.join(root, 'apps/api/dist/main.js');

let postgres: TestPostgres;
let fixture: TestDatabase;
let directory: TemporaryDirectory;
beforeAll(async () => {
  const compiler = path.join(path.dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const built = spawnSync(process.execPath, [compiler, '-b', 'apps/api'], { cwd: root, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(built.stdout);
  postgres = await startTestPostgres();
  fixture = await createTestDatabase(postgres.superuserUrl);
  directory = await makeTemporaryDirectory({ name: 'main' });
}, 180_000);
afterAll(async () => {
  await fixture?.drop();
  await postgres?.stop();
  await directory?.remove();
});

interface Started {
  child: ChildProcess;
  output(): string;
  exit: Promise<number | null>;
}

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH ?? '', ...env } });
  let output = '';
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()));
  child.stderr.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output: () => output, exit };
}

test('the compiled api starts, prints the set-up link of an empty installation, serves, and stops on SIGTERM', async () => {
  const port = await freePort();
  const { child, output, exit } = start({
    DATABASE_URL: fixture.urls.app,
    OPS_DATABASE_URL: fixture.urls.ops,
    STORAGE_DIRECTORY: directory.path,
    PORT: String(port),
  });
  try {
    await waitFor(() => output().includes('/welcome#') || child.exitCode !== null, {
      what: 'the set-up link',
      timeoutMs: 20_000,
    });
    expect(output()).toContain(`http://localhost:${port}/welcome#`);
    expect((await new HttpClient(port).get('/healthz')).json()).toEqual({ status: 'ok' });
    const { headers } = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(headers.get('keep-alive')).toBe('timeout=125');
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output()).toContain('"msg":"stopped"');
  } finally {
    child.kill('SIGKILL');
  }
});

test('a wrong configuration is one readable message and a failing exit', async () => {
  const { output, exit } = start({ PORT: 'eighty' });
  expect(await exit).toBe(1);
  expect(output()).toContain('PORT: must be a port number');
  expect(output()).toContain('DATABASE_URL: is missing');
  expect(output()).not.toContain('    at ');
});
