import { ConfigInvalid, variablesOf } from '@fairtake/server-kit';
import { parseEnvExample } from '@fairtake/server-kit/testing';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiVariables, loadApiConfig } from './config';

const needed = {
  DATABASE_URL: 'postgres://app@localhost/fairtake',
  OPS_DATABASE_URL: 'postgres://ops@localhost/fairtake',
};

test('.env.example names exactly the variables the api reads, with their defaults', () => {
  const example = parseEnvExample(readFileSync(path.join(__dirname, '../../../.env.example'), 'utf8'));
  const documented = [...example].filter(([, variable]) => variable.readBy.includes('api'));
  const read = variablesOf(apiVariables);
  expect(documented.map(([name]) => name).sort()).toEqual([...read.keys()].sort());
  for (const [name, { value }] of documented) {
    const fallback = read.get(name);
    if (fallback !== undefined) expect([name, value]).toEqual([name, fallback]);
  }
});

test('what is not given gets its default, and links never end in a slash', () => {
  expect(loadApiConfig(needed)).toMatchObject({
    storage: { kind: 'disk', directory: '.data/storage' },
    http: { port: 3000, host: '127.0.0.1', publicUrl: 'http://localhost:3000', trustedProxies: [] },
  });
  expect(loadApiConfig({ ...needed, PUBLIC_URL: 'https://jobs.example/' }).http.publicUrl).toBe(
    'https://jobs.example',
  );
});

test('all faults are named at once, S3 variables only with S3, and no value is repeated', () => {
  const load = (): unknown =>
    loadApiConfig({ DATABASE_URL: 'mysql://secret@x', PORT: '80a', STORAGE_KIND: 's3', S3_BUCKET: '' });
  expect(load).toThrow(ConfigInvalid);
  try {
    load();
  } catch (error) {
    const { message } = error as Error;
    for (const name of ['DATABASE_URL', 'OPS_DATABASE_URL', 'PORT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID'])
      expect(message).toContain(`${name}:`);
    expect(message).not.toContain('secret');
    expect(message).not.toContain('STORAGE_DIRECTORY');
  }
});

test('nothing can change a configuration', () => {
  const config = loadApiConfig(needed);
  expect(Object.isFrozen(config)).toBe(true);
  expect(Object.isFrozen(config.storage)).toBe(true);
});
