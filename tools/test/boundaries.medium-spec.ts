import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const BOUNDARY = '@nx/enforce-module-boundaries';
const HOME = 'no-restricted-imports';
const PROPERTY = 'no-restricted-properties';

const imports = (target: string) => `import '${target}';\n`;

/** What is planted where, and the rules it must break. Nothing is written to disk. */
const PLANTED: [what: string, path: string, code: string, broken: string[]][] = [
  ['an app that imports an app', 'apps/api/src/x.ts', imports('@fairtake/worker'), [BOUNDARY]],
  ['web that imports server code', 'apps/web/src/x.ts', imports('@fairtake/database'), [BOUNDARY]],
  ['contracts that import ours', 'libs/contracts/src/x.ts', imports('@fairtake/domain'), [BOUNDARY]],
  ['contracts that import more than zod', 'libs/contracts/src/x.ts', imports('pino'), [BOUNDARY]],
  ['domain that imports storage', 'libs/domain/src/x.ts', imports('@fairtake/storage'), [BOUNDARY]],
  ['capture that imports server code', 'libs/capture/src/x.ts', imports('@fairtake/storage'), [BOUNDARY]],
  ['product code that imports testing', 'libs/storage/src/x.ts', imports('@fairtake/testing'), [BOUNDARY]],
  ['a path into another project', 'apps/api/src/x.ts', imports('../../worker/src/main'), [BOUNDARY]],
  ['fluent-ffmpeg away from home', 'apps/worker/src/x.ts', imports('fluent-ffmpeg'), [HOME]],
  ['bull away from home', 'apps/api/src/x.ts', imports('bull'), [HOME]],
  ['the AWS SDK away from home', 'apps/worker/src/x.ts', imports('@aws-sdk/client-s3'), [HOME]],
  ['typeorm away from home', 'apps/api/src/x.ts', imports('typeorm'), [HOME]],
  [
    'process.env away from loadConfig',
    'apps/api/src/a/x.ts',
    'export const a = process.env.A;\n',
    [PROPERTY],
  ],
  ['jest.mock', 'libs/domain/src/x.spec.ts', `jest.mock('./clock');\n`, [PROPERTY]],
  ['database in api', 'apps/api/src/x.ts', imports('@fairtake/database'), []],
  ['contracts in web', 'apps/web/src/x.ts', imports('@fairtake/contracts'), []],
  ['bull in queue', 'libs/queue/src/x.ts', imports('bull'), []],
  ['the AWS SDK in storage', 'libs/storage/src/x.ts', imports('@aws-sdk/client-s3'), []],
  ['testing in a test', 'libs/database/test/x.medium-spec.ts', imports('@fairtake/testing'), []],
];

describe('lint', () => {
  let broken: string[][];

  beforeAll(() => {
    const input = JSON.stringify(PLANTED.map(([, path, code]) => ({ path, code })));
    const script = resolve(__dirname, 'lint-planted.mjs');
    broken = JSON.parse(execFileSync(process.execPath, [script], { input, encoding: 'utf8' }));
  });

  it.each(PLANTED.map(([what, , , rules], index) => ({ what, rules, index })))(
    '$what: $rules',
    ({ rules, index }) => expect(broken[index]).toEqual(rules),
  );
});
