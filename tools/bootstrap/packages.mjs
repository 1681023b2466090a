import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { StopReason } from './stop-reason.mjs';
import { say } from './terminal.mjs';

const MODULES = join(ROOT, 'node_modules');
const LOCKFILE = join(ROOT, 'package-lock.json');
const STAMP = join(MODULES, '.fairtake-lockfile');

const lockfileHash = () => createHash('sha256').update(readFileSync(LOCKFILE)).digest('hex');

/** True when `node_modules` was installed from the lockfile that lies here now. */
export function packagesAreCurrent() {
  if (!existsSync(MODULES)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lockfileHash()) return true;
  // Someone ran npm by hand: npm writes this file last, so a newer one means it finished with this lockfile.
  const installed = join(MODULES, '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(LOCKFILE).mtimeMs;
}

/** Installs the packages with `npm ci` unless they are current. Writes into `node_modules` only. */
export function ensurePackages() {
  if (!packagesAreCurrent()) {
    say('packages', 'installing (npm ci), a minute or two the first time …');
    const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: ROOT,
      stdio: 'inherit',
    });
    if (npm.status !== 0) {
      throw new StopReason('The packages could not be installed: `npm ci` failed, see above.');
    }
  }
  writeFileSync(STAMP, lockfileHash());
}
