import { postgresBinaries, postgresUser } from '@fairtake/testing/postgres-binaries';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port';
import { startServerProcess, type ServerProcess } from './server-process';
import { makeTemporaryDirectory } from './temporary-directory';
import { waitFor } from './wait-for';

/** A PostgreSQL for one test file. */
export interface TestPostgres {
  /** Superuser on the server's maintenance database: for making roles and databases. */
  superuserUrl: string;
  /** Superuser on a fresh, empty database that nobody else uses. */
  databaseUrl: string;
  /** Makes one more empty database and returns its superuser URL. The name is only the beginning: it is made unique. */
  createDatabase(name?: string): Promise<string>;
  /** Drops the databases made here; ends the server if it was started here. */
  stop(): Promise<void>;
}

export interface TestPostgresOptions {
  /** Superuser URL of a running server to use (default: environment variable TEST_DATABASE_URL). */
  serverUrl?: string;
}

// Data of a test run needs to survive a killed server (write-ahead log), not a power cut.
const FAST_SETTINGS = [
  'fsync=off',
  'full_page_writes=off',
  'max_connections=200',
  'shared_buffers=64MB',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
];
const MAX_START_TRIES = 3;

/**
 * A throw-away PostgreSQL: databases on the server of TEST_DATABASE_URL if that is set, otherwise a server of its own
 * (about 2 s) in the temporary folder.
 */
export async function startTestPostgres(options: TestPostgresOptions = {}): Promise<TestPostgres> {
  const serverUrl = options.serverUrl ?? process.env.TEST_DATABASE_URL;
  const server = serverUrl ? { superuserUrl: serverUrl, end: async () => undefined } : await startOwnServer();
  const created: string[] = [];
  const createDatabase = async (name = 'test'): Promise<string> => {
    const database = `${name}_${randomBytes(6).toString('hex')}`;
    await runAsSuperuser(server.superuserUrl, (client) =>
      client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`),
    );
    created.push(database);
    return withDatabase(server.superuserUrl, database);
  };
  try {
    return {
      superuserUrl: server.superuserUrl,
      databaseUrl: await createDatabase(),
      createDatabase,
      stop: async () => {
        if (serverUrl) await dropDatabases(serverUrl, created.splice(0));
        await server.end();
      },
    };
  } catch (error) {
    await server.end();
    throw error;
  }
}

async function startOwnServer(): Promise<{ superuserUrl: string; end(): Promise<void> }> {
  const directory = await makeTemporaryDirectory({ name: 'postgres', pidFile: 'data/postmaster.pid' });
  try {
    const password = randomBytes(12).toString('hex');
    const dataDirectory = await initialise(directory.path, password);
    const { port, server } = await listen(dataDirectory);
    const end = async (): Promise<void> => {
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients to leave.
      await server.end('SIGINT');
      await directory.remove();
    };
    return { superuserUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, end };
  } catch (error) {
    await directory.remove();
    throw error;
  }
}

async function initialise(directory: string, password: string): Promise<string> {
  const user = postgresUser();
  const passwordFile = path.join(directory, 'password');
  await fs.writeFile(passwordFile, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) {
    await fs.chown(directory, user.uid, user.gid);
    await fs.chown(passwordFile, user.uid, user.gid);
  }
  const dataDirectory = path.join(directory, 'data');
  const flags = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await promisify(execFile)(
    postgresBinaries().initdb,
    [`--pgdata=${dataDirectory}`, `--pwfile=${passwordFile}`, ...flags],
    { ...user, cwd: directory },
  );
  return dataDirectory;
}

async function listen(dataDirectory: string): Promise<{ port: number; server: ServerProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const settings = [...FAST_SETTINGS, `port=${port}`].flatMap((setting) => ['-c', setting]);
    const server = await startServerProcess(postgresBinaries().postgres, ['-D', dataDirectory, ...settings], {
      ...postgresUser(),
      cwd: dataDirectory,
    });
    await waitFor(() => !server.isRunning() || server.log().includes('ready to accept connections'), {
      what: 'PostgreSQL to start',
      timeoutMs: 30_000,
    });
    if (server.isRunning()) return { port, server };
    // Somebody may have taken the port between our look and the server's.
    if (attempt === MAX_START_TRIES) throw new Error(`PostgreSQL did not start:\n${server.log()}`);
  }
}

async function dropDatabases(superuserUrl: string, databases: string[]): Promise<void> {
  await runAsSuperuser(superuserUrl, async (client) => {
    for (const database of databases) {
      await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`);
    }
  });
}

async function runAsSuperuser(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
