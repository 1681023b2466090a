import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { checkedEnvironment } from './checked-environment.mjs';

const PROGRAM = join(ROOT, 'apps', 'worker', 'dist', 'invariants-cli.js');

/**
 * `npm run invariants`: runs the worker's checker against the installation of `npm start`, or against the one that
 * DATABASE_URL names. What it does not know itself (`--json`, `--no-deep`, `--help`) goes on to the checker.
 *
 * @returns 0 when every promise holds, 1 when one is broken, 2 when the checker could not look
 */
export function invariants(parameters) {
  const envFile = join(ROOT, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const { folder, rest } = takeDataDirectory(parameters);
  const wanted = folder ?? process.env.DATA_DIR ?? '.data';
  const directory = isAbsolute(wanted) ? wanted : join(ROOT, wanted);
  const env = rest.includes('--help') ? process.env : checkedEnvironment({ env: process.env, directory });
  if (!existsSync(PROGRAM)) buildProgram();
  const { status, error } = spawnSync(process.execPath, ['--enable-source-maps', PROGRAM, ...rest], {
    cwd: ROOT,
    env,
    stdio: 'inherit',
  });
  if (error) throw error;
  return status ?? 2;
}

function takeDataDirectory(parameters) {
  const rest = [...parameters];
  const at = rest.findIndex((one) => one === '--data-dir' || one.startsWith('--data-dir='));
  if (at < 0) return { rest };
  const [option, value] = rest.splice(at, rest[at] === '--data-dir' ? 2 : 1);
  const folder = value ?? option.split('=')[1];
  if (!folder) throw new StopReason('--data-dir needs a folder: npm run invariants -- --data-dir .data');
  return { folder, rest };
}

function buildProgram() {
  const typescript = createRequire(join(ROOT, 'package.json')).resolve('typescript/package.json');
  const compiler = join(dirname(typescript), 'bin', 'tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-b', 'apps/worker'], {
    cwd: ROOT,
    // Standard output belongs to the checker: `--json` has to stay JSON.
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new StopReason('The build failed, see above.');
}
