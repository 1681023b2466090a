import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { runChecks } from './checks.mjs';
import { runJest } from './jest.mjs';

const bin = (name) => join(ROOT, 'node_modules', ...name.split('/'));
const tsc = bin('typescript/bin/tsc');
const tool = (name) => join(ROOT, 'tools', name);
const exists = (path) => existsSync(join(ROOT, path));

/**
 * What `npm test` does, in order. `needs` names the programs and services started for it; `run` resolves to
 * `{ passed, failed }`.
 */
export const STEPS = [
  {
    name: 'format',
    run: (context) => runChecks(context, [[bin('prettier/bin/prettier.cjs'), '--check', '.']]),
  },
  { name: 'lint', run: (context) => runChecks(context, [[tool('lint.mjs')]]) },
  {
    name: 'types',
    run: (context) =>
      runChecks(context, [
        [tsc, '-b'],
        [tsc, '-p', 'tsconfig.spec.json'],
        [tsc, '-p', 'apps/web', '--noEmit'],
      ]),
  },
  {
    name: 'messages',
    when: () => exists('apps/web/scripts/check-messages.mjs'),
    run: (context) => runChecks(context, [[join(ROOT, 'apps/web/scripts/check-messages.mjs')]]),
  },
  { name: 'build', run: (context) => runChecks(context, [[tool('build.mjs')]]) },
  {
    name: 'openapi',
    when: () => exists('tools/openapi.mjs'),
    run: (context) => runChecks(context, [[tool('openapi.mjs'), '--check']]),
  },
  { name: 'unit', run: (context) => runJest(context, 'unit') },
  { name: 'medium', needs: ['ffmpeg', 'ffprobe', 'redis'], run: (context) => runJest(context, 'medium') },
  {
    name: 'journeys',
    needs: ['ffmpeg', 'ffprobe', 'redis', 'chromium'],
    run: (context) => runJest(context, 'journey'),
  },
];
