import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePostgres, stopPostgres, superuserUrl } from './postgres.mjs';
import { freePort } from './ports.mjs';
import { stopProcess } from './processes.mjs';
import { redisUrl, startRedis } from './redis.mjs';

/**
 * A PostgreSQL and a Redis for one run, without durability, in a temporary folder that goes with them.
 * `stop` may be called more than once.
 */
export async function startThrowAwayServices({ redis: program }) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-services-'));
  chmodSync(folder, 0o711); // The user postgres must walk through; what lies inside is private.
  const password = randomBytes(16).toString('hex');
  const children = [];
  let postgresDirectory;
  const stop = async () => {
    for (const [child, end] of children.splice(0).reverse()) await end(child);
    for (const path of [postgresDirectory, folder]) if (path) rmSync(path, { recursive: true, force: true });
  };
  try {
    const cluster = await preparePostgres({ directory: join(folder, 'postgres'), password, durable: false });
    postgresDirectory = cluster.directory;
    const port = await freePort();
    children.push([await cluster.start({ port, logFile: join(folder, 'postgres.log') }), stopPostgres]);
    const redisPort = await freePort();
    const redis = { program, directory: join(folder, 'redis'), port: redisPort, password, durable: false };
    children.push([await startRedis({ ...redis, logFile: join(folder, 'redis.log') }), stopProcess]);
    return {
      databaseUrl: superuserUrl({ port, password, database: 'postgres' }),
      redisUrl: redisUrl({ port: redisPort, password }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
