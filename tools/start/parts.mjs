import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { bold, say } from '../bootstrap/terminal.mjs';
import { ensureDatabase, preparePostgres, stopPostgres, superuserUrl } from '../services/postgres.mjs';
import { hasEnded, startProcess, stopProcess, until } from '../services/processes.mjs';
import { redisUrl, startRedis } from '../services/redis.mjs';
import { partEnvironment, roleUrls, rolesAreGiven } from './environment.mjs';
import { runStep } from './step.mjs';

const API_READY_TIMEOUT_MS = 90_000;
/** Longer than the api's and worker's own limit for finishing what they are at. */
const GRACE_MS = 20_000;
/** The one-time link of an empty installation, as the api prints it. */
const SET_UP_LINK = /https?:\/\/\S+\/welcome#\S+/;

/**
 * Starts database, queue, worker and api under the supervisor, each after what it needs.
 *
 * @returns what the api was started with, once `/readyz` answers.
 */
export async function startParts({ options, places, programs, secrets, installation, supervisor, signal }) {
  const { ports } = installation;
  const redis = process.env.REDIS_URL || redisUrl({ port: ports.redis, password: secrets.redis });
  if (!process.env.REDIS_URL) await addRedis({ places, programs, secrets, port: ports.redis, supervisor });
  const adminUrl = process.env.DATABASE_URL || (await addPostgres({ places, secrets, ports, supervisor }));
  const urls = await prepareDatabase({ adminUrl, secrets, signal });
  const env = partEnvironment({ env: process.env, urls, redis, places, programs, options });
  await supervisor.add({
    name: 'worker',
    launch: () => startServer('worker', { env, places }),
    end: (child) => stopProcess(child, { graceMs: GRACE_MS }),
  });
  await supervisor.add({
    name: 'api',
    launch: () => startApi({ env, places, options, installation, signal }),
    end: (child) => stopProcess(child, { graceMs: GRACE_MS }),
  });
  return { ...env, ...urls };
}

async function addPostgres({ places, secrets, ports, supervisor }) {
  const cluster = await preparePostgres({ directory: places.postgres, password: secrets.superuser });
  const logFile = join(places.logs, 'postgres.log');
  await supervisor.add({
    name: 'postgres',
    launch: () => cluster.start({ port: ports.postgres, logFile }),
    end: stopPostgres,
    signal: 'SIGINT',
  });
  const url = superuserUrl({ port: ports.postgres, password: secrets.superuser, database: 'fairtake' });
  await ensureDatabase(url);
  return url;
}

function addRedis({ places, programs, secrets, port, supervisor }) {
  const options = { program: programs.redis, directory: places.redis, port, password: secrets.redis };
  const launch = () => startRedis({ ...options, logFile: join(places.logs, 'redis.log') });
  return supervisor.add({ name: 'redis', launch });
}

/** Roles (unless the operator made them) and migrations. Returns the URLs of the roles by variable name. */
async function prepareDatabase({ adminUrl, secrets, signal }) {
  const cli = (name) => join(ROOT, 'libs', 'database', 'dist', name);
  if (rolesAreGiven(process.env)) {
    await runStep('migrate', [cli('migrate-cli.js')], { signal });
    return {};
  }
  await runStep('database roles', [cli('provision-cli.js')], {
    signal,
    env: {
      ADMIN_DATABASE_URL: adminUrl,
      FAIRTAKE_APP_PASSWORD: secrets.app,
      FAIRTAKE_OPS_PASSWORD: secrets.ops,
      FAIRTAKE_MIGRATOR_PASSWORD: secrets.migrator,
    },
  });
  const urls = roleUrls(adminUrl, secrets);
  await runStep('migrate', [cli('migrate-cli.js')], { signal, env: urls });
  return urls;
}

function startServer(name, { env, places, onLine }) {
  return startProcess(
    process.execPath,
    ['--enable-source-maps', join(ROOT, 'apps', name, 'dist', 'main.js')],
    {
      cwd: ROOT,
      env,
      logFile: join(places.logs, `${name}.log`),
      onLine,
    },
  );
}

async function startApi({ env, places, options, installation, signal }) {
  const lastLines = [];
  const onLine = (line) => {
    const link = SET_UP_LINK.exec(line);
    // Whoever reads the link becomes an admin: it is for the terminal and stays out of the log.
    // The demo makes its own organisations a moment later, and the link ends with the first.
    if (link && !installation.demo)
      say('start', `make the first organisation here, once, within 24 hours: ${bold(link[0])}`);
    const logged = line.replace(SET_UP_LINK, '(shown in the terminal)');
    lastLines.push(logged);
    if (lastLines.length > 15) lastLines.shift();
    return logged;
  };
  const child = startServer('api', { env, places, onLine });
  const host = ['127.0.0.1', '0.0.0.0', '::'].includes(options.host) ? '127.0.0.1' : options.host;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${options.port}/readyz`;
  const settled = async () => signal.aborted || hasEnded(child) || (await answers(url));
  const up = await until(settled, { timeoutMs: API_READY_TIMEOUT_MS });
  if (signal.aborted || (up && !hasEnded(child))) return child;
  await stopProcess(child, { graceMs: GRACE_MS });
  const log = join(places.logs, 'api.log');
  const why = up
    ? 'ended before it answered'
    : `did not answer ${url} within ${API_READY_TIMEOUT_MS / 1000} s`;
  throw new StopReason(`The api ${why}. Last lines of ${log}:\n\n${lastLines.join('\n') || tail(log)}`);
}

const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    (reply) => reply.ok,
    () => false,
  );

const tail = (file) => readFileSync(file, 'utf8').split('\n').slice(-15).join('\n');
