import { variablesOf } from '@fairtake/server-kit';
import { parseEnvExample } from '@fairtake/server-kit/testing';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadWorkerConfig, workerVariables } from './config';

const needed = {
  DATABASE_URL: 'postgres://app@localhost/fairtake',
  OPS_DATABASE_URL: 'postgres://ops@localhost/fairtake',
};

test('.env.example names exactly the variables the worker reads, with their defaults', () => {
  const example = parseEnvExample(readFileSync(path.join(__dirname, '../../../.env.example'), 'utf8'));
  const documented = [...example].filter(([, variable]) => variable.readBy.includes('worker'));
  const read = variablesOf(workerVariables);
  expect(documented.map(([name]) => name).sort()).toEqual([...read.keys()].sort());
  for (const [name, { value }] of documented) {
    const fallback = read.get(name);
    if (fallback !== undefined) expect([name, value]).toEqual([name, fallback]);
  }
});

test('nothing but the database has to be given', () => {
  expect(loadWorkerConfig(needed)).toMatchObject({
    media: { workDirectory: '.data/work', threads: 1 },
    concurrency: { playable: 1, finish: 1 },
    fault: { at: null },
  });
});

test('all faults are named at once', () => {
  const env = {
    ...needed,
    FINISH_CONCURRENCY: '0',
    FFMPEG_THREADS: 'two',
    FAULT: 'x:kill',
    NODE_ENV: 'production',
  };
  for (const name of ['FINISH_CONCURRENCY', 'FFMPEG_THREADS', 'FAULT']) {
    expect(() => loadWorkerConfig(env)).toThrow(`${name}:`);
  }
});
