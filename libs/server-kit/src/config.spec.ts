import * as z from 'zod';
import { loadConfig, variablesOf } from './config';
import { httpVariables, storageVariables } from './config-groups';
import { parseEnvExample } from './env-example';

const s3 = {
  STORAGE_KIND: 's3',
  S3_BUCKET: 'takes',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'key',
};

test('S3 is asked for its own variables and gets its own values', () => {
  const { storage } = loadConfig({ storage: storageVariables }, { ...s3, S3_FORCE_PATH_STYLE: 'true' });
  expect(storage).toMatchObject({ kind: 's3', bucket: 'takes', region: 'us-east-1', forcePathStyle: true });
});

test('an empty variable is an absent one', () => {
  expect(loadConfig({ storage: storageVariables }, { STORAGE_KIND: '' }).storage).toMatchObject({
    kind: 'disk',
  });
  expect(() => loadConfig({ storage: storageVariables }, { ...s3, S3_BUCKET: '' })).toThrow(
    'S3_BUCKET: is missing',
  );
});

test.each(['-1', '65536', '80.5', 'http', '1e3'])('port %s is refused', (PORT) => {
  expect(() => loadConfig({ http: httpVariables }, { PORT })).toThrow('PORT:');
});

test.each(['localhost:3000', 'ftp://jobs.example', 'javascript:alert(1)'])(
  '%s is no public address',
  (PUBLIC_URL) => {
    expect(() => loadConfig({ http: httpVariables }, { PUBLIC_URL })).toThrow(
      'PUBLIC_URL: must be an http:// or',
    );
  },
);

test('the variables of all groups are known with their defaults', () => {
  const other = z.object({ A: z.string(), B: z.string().default('b') }).transform((env) => ({ a: env.A }));
  expect(variablesOf({ other })).toEqual(
    new Map([
      ['A', undefined],
      ['B', 'b'],
    ]),
  );
  expect([...variablesOf({ storageVariables }).keys()]).toEqual(
    expect.arrayContaining(['STORAGE_KIND', 'STORAGE_DIRECTORY', 'S3_BUCKET']),
  );
});

test('.env.example is read with its readers, commented out or not', () => {
  const text = '# Words.\n# Read by: api, worker.\n# A=1\n# Read by: start.\nB=\n\n# Not a variable: C=1\n';
  expect(parseEnvExample(text)).toEqual(
    new Map([
      ['A', { value: '1', readBy: ['api', 'worker'] }],
      ['B', { value: '', readBy: ['start'] }],
    ]),
  );
});
