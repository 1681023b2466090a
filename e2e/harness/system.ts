import { createTestDatabase, type TestDatabase } from '@fairtake/database/testing';
import {
  freePort,
  makeTemporaryDirectory,
  startOwnTestRedis,
  startTestPostgres,
  type OwnTestRedis,
} from '@fairtake/testing';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { AppProcess } from './app-process';
import { builtFile, ROOT } from './places';
import { Relay } from './relay';

/** The whole product, running: real processes, a database, a Redis and a storage folder of its own. */
export interface System {
  /** Where people find it: the relay if there is one, else the api. */
  url: string;
  api: AppProcess;
  worker: AppProcess;
  redis: OwnTestRedis;
  databaseUrls: TestDatabase['urls'];
  storageDirectory: string;
  /** Where workers keep what they are working on. */
  workDirectory: string;
  /** Between browsers and the api; only with `behindRelay`. */
  relay: Relay | null;
  /** A new api process takes over from the old one, which is asked to stop: a deployment. Only with a relay. */
  deployApi(): Promise<void>;
  /** Runs a compiled script against the same installation, whatever code it ends with. */
  runScript(script: string, parameters?: string[]): Promise<ScriptResult>;
  /** Ends and removes everything. */
  stop(): Promise<void>;
}

export interface ScriptResult {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * @param name names the logs in e2e/screens
 * @param options.webDirectory a copy of the pages' build that a journey may replace
 * @param options.behindRelay browsers reach the api through a relay that can be told to misbehave
 */
export async function startSystem(
  name: string,
  options: { behindRelay?: boolean; webDirectory?: string } = {},
): Promise<System> {
  const cleanUps: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
  };
  try {
    const directory = await makeTemporaryDirectory({ name: 'journey' });
    cleanUps.push(() => directory.remove());
    const postgres = await startTestPostgres();
    cleanUps.push(() => postgres.stop());
    const redis = await startOwnTestRedis();
    cleanUps.push(() => redis.stop());
    const database = await createTestDatabase(postgres.superuserUrl);
    cleanUps.push(() => database.drop());
    const port = await freePort();
    const relay = options.behindRelay ? await Relay.start(port) : null;
    cleanUps.push(async () => relay?.stop());
    const url = relay?.url ?? `http://127.0.0.1:${port}`;
    const storageDirectory = path.join(directory.path, 'storage');
    const workDirectory = path.join(directory.path, 'work');
    const env = {
      ...environment({ database, redis, port, url, storageDirectory, workDirectory }),
      ...(options.webDirectory ? { WEB_DIRECTORY: options.webDirectory } : {}),
    };
    const launchApi = async (logName: string, apiPort: number): Promise<AppProcess> => {
      const api = await AppProcess.launch({
        name: logName,
        script: builtFile('apps/api/dist/main.js'),
        env: { ...env, PORT: String(apiPort) },
        ready: () => answers(`http://127.0.0.1:${apiPort}/readyz`),
      });
      cleanUps.push(() => api.stop());
      return api;
    };
    const api = await launchApi(`${name}-api`, port);
    const worker = await AppProcess.launch({
      name: `${name}-worker`,
      script: builtFile('apps/worker/dist/main.js'),
      env,
      ready: async () => true,
    });
    cleanUps.push(() => worker.stop());
    const runScript = (script: string, parameters: string[] = []): Promise<ScriptResult> =>
      run([builtFile(script), ...parameters], env);
    const places = { databaseUrls: database.urls, storageDirectory, workDirectory };
    const system: System = {
      ...{ url, api, worker, redis, relay, runScript, stop },
      ...places,
      deployApi: async () => {
        const nextPort = await freePort();
        const next = await launchApi(`${name}-api-next`, nextPort);
        relay!.retarget(nextPort);
        await system.api.stop();
        system.api = next;
      },
    };
    return system;
  } catch (error) {
    await stop();
    throw error;
  }
}

function environment(parts: {
  database: TestDatabase;
  redis: OwnTestRedis;
  port: number;
  url: string;
  storageDirectory: string;
  workDirectory: string;
}): NodeJS.ProcessEnv {
  const { database, redis, port, url, storageDirectory, workDirectory } = parts;
  return {
    ...process.env,
    DATABASE_URL: database.urls.app,
    OPS_DATABASE_URL: database.urls.ops,
    REDIS_URL: redis.url,
    STORAGE_KIND: 'disk',
    STORAGE_DIRECTORY: storageDirectory,
    WORK_DIRECTORY: workDirectory,
    WEB_DIRECTORY: process.env.WEB_DIRECTORY ?? path.join(ROOT, 'apps', 'web', 'dist'),
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    LOG_LEVEL: 'info',
    NODE_ENV: 'production',
  };
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(address);
  return response.ok;
}

function run(parameters: string[], env: NodeJS.ProcessEnv): Promise<ScriptResult> {
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, { cwd: ROOT, env }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code, stdout, stderr });
    });
  });
}
