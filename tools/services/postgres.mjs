import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { clusterDirectory, postgresPrograms, postgresUser } from './postgres-files.mjs';
import { hasEnded, startProcess, stopProcess, until } from './processes.mjs';

/** Name of the superuser of clusters we make. */
const SUPERUSER = 'postgres';
const START_TIMEOUT_MS = 60_000;

/**
 * Makes (once) and describes a PostgreSQL cluster of our own.
 *
 * @param {{ directory: string, password: string, durable?: boolean }} options `durable: false` turns fsync
 *   off: for data that dies with the run.
 * @returns `{ directory, start({ port, logFile }) }`; `start` resolves to the child once it answers.
 */
export async function preparePostgres({ directory: wanted, password, durable = true }) {
  const directory = clusterDirectory(wanted);
  const programs = await postgresPrograms();
  const user = postgresUser();
  if (!existsSync(join(directory, 'PG_VERSION')))
    initialise({ directory, password, durable, programs, user });
  removeStaleLock(directory);
  return {
    directory,
    start: ({ port, logFile }) => start({ directory, port, logFile, durable, password, programs, user }),
  };
}

/** Fast shutdown: PostgreSQL ends open sessions and writes a checkpoint. */
export const stopPostgres = (child) => stopProcess(child, { signal: 'SIGINT', graceMs: 30_000 });

/** URL of the superuser. */
export const superuserUrl = ({ port, password, database }) =>
  `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** Creates the database of `url` unless it exists, by way of the maintenance database. */
export async function ensureDatabase(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  await withClient(maintenance.href, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  });
}

async function withClient(url, use) {
  const { default: pg } = await import('pg'); // Loaded late: packages may be installed by this very run.
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function initialise({ directory, password, durable, programs, user }) {
  mkdirSync(dirname(directory), { recursive: true, mode: 0o711 });
  // initdb refuses a non-empty directory; one without PG_VERSION is an initdb that was interrupted.
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  const passwordFile = `${directory}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) {
    chownSync(directory, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  for (const program of Object.values(programs)) chmodSync(program, 0o755);
  try {
    const flags = [
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
    ];
    const made = spawnSync(
      programs.initdb,
      [
        `--pgdata=${directory}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        ...flags,
        ...(durable ? [] : ['--no-sync']),
      ],
      { ...user, cwd: '/', encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
    );
    if (made.status !== 0) {
      rmSync(directory, { recursive: true, force: true });
      throw new StopReason(
        `PostgreSQL could not make its directory ${directory}:\n${made.stderr ?? made.error}`,
      );
    }
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** PostgreSQL takes any live process with the id in its lock file for itself: containers reuse low ids. */
function removeStaleLock(directory) {
  const lock = join(directory, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (commandOf(pid).includes('postgres')) {
    throw new StopReason(
      `Another PostgreSQL (process ${pid}) is using ${directory}. Stop it first: kill -INT ${pid}`,
    );
  }
  rmSync(lock);
}

function commandOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

async function start({ directory, port, logFile, durable, password, programs, user }) {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200'];
  if (!durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const child = startProcess(
    programs.postgres,
    ['-D', directory, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    { ...user, cwd: '/', logFile, env: { ...process.env, LC_ALL: 'C' } },
  );
  const url = superuserUrl({ port, password, database: 'postgres' });
  const answers = () => withClient(url, () => true).catch(() => false);
  const up = await until(async () => hasEnded(child) || (await answers()), { timeoutMs: START_TIMEOUT_MS });
  if (up && !hasEnded(child)) return child;
  await stopPostgres(child);
  throw new StopReason(`PostgreSQL did not start. Its log: ${logFile}`);
}
