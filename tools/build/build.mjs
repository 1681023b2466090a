import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { say } from '../bootstrap/terminal.mjs';
import { hashOfInputs } from './inputs.mjs';

const STAMPS = join(ROOT, '.cache', 'build.json');

/** What is built, from which folders, by which package's program, and the files that prove it is there. */
const TARGETS = [
  {
    name: 'server',
    inputs: ['libs', 'apps/api', 'apps/worker', 'tsconfig.base.json', 'package-lock.json'],
    outputs: ['apps/api/dist/main.js', 'apps/worker/dist/main.js', 'libs/database/dist/index.js'],
    command: ['typescript', 'bin/tsc', '-b', 'apps/api', 'apps/worker', 'libs/database'],
    folder: ROOT,
  },
  {
    name: 'web',
    inputs: ['libs/contracts', 'libs/domain', 'libs/capture', 'apps/web', 'package-lock.json'],
    outputs: ['apps/web/dist/.vite/manifest.json'],
    command: ['vite', 'bin/vite.js', 'build', '--logLevel', 'warn'],
    folder: join(ROOT, 'apps', 'web'),
  },
];

/** Builds what changed since the last build (by content). Throws StopReason when a build fails. */
export function build({ force = false } = {}) {
  const stamps = existsSync(STAMPS) ? JSON.parse(readFileSync(STAMPS, 'utf8')) : {};
  for (const target of TARGETS) {
    const hash = hashOfInputs(target.inputs);
    const complete = target.outputs.every((file) => existsSync(join(ROOT, file)));
    if (!force && complete && stamps[target.name] === hash) continue;
    runTarget(target, force || !complete);
    stamps[target.name] = hash;
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    writeFileSync(STAMPS, `${JSON.stringify(stamps, null, 2)}\n`);
  }
}

function runTarget({ name, command, folder }, force) {
  const startedAt = Date.now();
  say('build', `${name} …`);
  // tsc trusts its own notes about what it wrote; when the output is gone it must not.
  const parameters = force && name === 'server' ? [...command, '--force'] : command;
  const [packageName, program, ...rest] = parameters;
  // Asked for from the folder that depends on it: npm puts a package there or at the root, as versions allow.
  const installed = createRequire(join(folder, 'package.json')).resolve(`${packageName}/package.json`);
  const { status } = spawnSync(process.execPath, [join(dirname(installed), program), ...rest], {
    cwd: folder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new StopReason(`The ${name} build failed, see above.`);
  say('build', `${name} done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}
