import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');
const ESLINT = resolve(ROOT, 'node_modules/eslint/bin/eslint.js');
const BOUNDARY = '@nx/enforce-module-boundaries';
const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' };

interface Finding {
  ruleId: string;
  message: string;
}

/** Lints code as if it lay at `path`; nothing is written. */
function lintAs(path: string, code: string): Finding[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [ESLINT, '--stdin', '--stdin-filename', path, '--format', 'json'],
    { cwd: ROOT, input: code, encoding: 'utf8', env },
  );
  if (!stdout.startsWith('[')) throw new Error(stderr);
  return JSON.parse(stdout)[0].messages;
}

const rules = (findings: Finding[]) => findings.map(({ ruleId }) => ruleId);

describe('the boundaries of the house', () => {
  // Without a cached project graph the rule is skipped silently, so this also proves that lint makes one.
  beforeAll(() => {
    const script = `import('./tools/lint/lint.mjs').then(({ cacheProjectGraph }) => cacheProjectGraph())`;
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: ROOT, env });
  });

  it.each([
    ['an app imports an app', 'apps/api/src/planted.ts', '@fairtake/worker'],
    ['the web app imports server code', 'apps/web/src/planted.ts', '@fairtake/database'],
    ['contracts import anything of ours', 'libs/contracts/src/planted.ts', '@fairtake/domain'],
    ['contracts import a package besides zod', 'libs/contracts/src/planted.ts', 'pino'],
    ['domain imports more than contracts', 'libs/domain/src/planted.ts', '@fairtake/storage'],
    ['capture imports server code', 'libs/capture/src/planted.ts', '@fairtake/storage'],
    ['product code imports testing', 'libs/storage/src/planted.ts', '@fairtake/testing'],
    ['a relative path leads into another project', 'apps/api/src/planted.ts', '../../worker/src/main'],
  ])('goes red when %s', (_case, path, target) => {
    expect(rules(lintAs(path, `import '${target}';\n`))).toContain(BOUNDARY);
  });

  it.each([
    ['fluent-ffmpeg', 'apps/worker/src/planted.ts', 'fluent-ffmpeg'],
    ['bull', 'apps/api/src/planted.ts', 'bull'],
    ['the AWS SDK', 'apps/worker/src/planted.ts', '@aws-sdk/client-s3'],
    ['typeorm', 'apps/api/src/planted.ts', 'typeorm'],
  ])('goes red when %s is imported away from its home', (_case, path, target) => {
    expect(rules(lintAs(path, `import '${target}';\n`))).toContain('no-restricted-imports');
  });

  it('goes red when process.env is read outside loadConfig', () => {
    const code = 'export const url = process.env.DATABASE_URL;\n';
    expect(rules(lintAs('apps/api/src/positions/planted.ts', code))).toEqual(['no-restricted-properties']);
  });

  it('goes red on jest.mock', () => {
    expect(rules(lintAs('libs/domain/src/planted.spec.ts', `jest.mock('./clock');\n`))).toEqual([
      'no-restricted-properties',
    ]);
  });

  it.each([
    ['api', 'apps/api/src/planted.ts', '@fairtake/database'],
    ['web', 'apps/web/src/planted.ts', '@fairtake/contracts'],
    ['queue', 'libs/queue/src/planted.ts', 'bull'],
    ['storage', 'libs/storage/src/planted.ts', '@aws-sdk/client-s3'],
    ['a test', 'libs/database/test/planted.medium-spec.ts', '@fairtake/testing'],
  ])('stays green for what %s may import', (_case, path, target) => {
    expect(lintAs(path, `import '${target}';\n`)).toEqual([]);
  });
});
