import { existsSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensurePackages } from '../bootstrap/packages.mjs';
import { ROOT } from '../bootstrap/paths.mjs';
import { ensurePrograms } from '../bootstrap/programs.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { bold, say, warn } from '../bootstrap/terminal.mjs';
import { portIsFree } from '../services/ports.mjs';
import { claimDataDirectory } from './run-file.mjs';
import { loadInstallation, loadSecrets, openDataDirectory } from './data-directory.mjs';
import { HELP, readOptions } from './options.mjs';
import { startParts } from './parts.mjs';
import { showSignIns } from './sign-ins.mjs';
import { runStep } from './step.mjs';
import { createSupervisor } from './supervisor.mjs';

/** `npm start`: everything from a fresh clone to an address that answers. Resolves when it has stopped. */
export async function run(parameters) {
  const envFile = join(ROOT, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const options = readOptions(parameters, process.env);
  if (options.help) return console.log(HELP);
  const url = process.env.PUBLIC_URL || `http://localhost:${options.port}`;
  const places = openDataDirectory(options.dataDirectory);
  const record = await claimDataDirectory(places, { url });
  const ending = listenForEnd();
  const supervisor = createSupervisor({
    record,
    onGivenUp: (name) => ending.fail(new StopReason(`${name} keeps ending. See the logs in ${places.logs}`)),
  });
  try {
    await bringUp({ options, places, supervisor, url, signal: ending.signal });
    await ending.reached;
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    await ending.reached;
  } finally {
    await supervisor.stop();
    record.release();
    say('start', 'everything it started has stopped; your data stays in place');
  }
}

async function bringUp({ options, places, supervisor, url, signal }) {
  const startedAt = Date.now();
  await refuseBusyPort(options);
  ensurePackages();
  const programs = ensurePrograms(['ffmpeg', 'ffprobe', ...(process.env.REDIS_URL ? [] : ['redis'])]);
  await runStep('build', [join(ROOT, 'tools', 'build.mjs')], { signal });
  const secrets = loadSecrets(places.secretsFile);
  const installation = await loadInstallation(places.installationFile, options);
  const env = await startParts({ options, places, programs, secrets, installation, supervisor, signal });
  signal.throwIfAborted();
  say(
    'start',
    `${bold(url)} answers after ${((Date.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops it.`,
  );
  if (!url.startsWith('https:')) {
    say(
      'start',
      'phones on your network need HTTPS for the camera: put a TLS proxy in front and set PUBLIC_URL',
    );
  }
  if (!options.demo && installation.demo)
    warn('demo', 'this data directory was started with the demo; it stays');
  if (options.demo && !installation.demo)
    say('demo', 'this data directory began with --no-demo: none is added');
  if (installation.demo) await showSignIns({ places, supervisor, env, signal });
}

async function refuseBusyPort({ port, host }) {
  if (await portIsFree(port, host)) return;
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    encoding: 'utf8',
  });
  const holder = /^p(\d+)\nc(.*)$/m.exec(stdout ?? '');
  const by = holder ? ` by ${holder[2]} (process ${holder[1]})` : '';
  throw new StopReason(
    `Port ${port} is already used${by}. Stop that, or choose another: npm start -- --port 3001`,
  );
}

/**
 * `reached` resolves on Ctrl-C, SIGTERM or a closed terminal and rejects when a part was given up; `signal`
 * aborts with it. npm passes Ctrl-C on a second time, so repeated signals change nothing: each part has its
 * own limit for ending.
 */
function listenForEnd() {
  const controller = new AbortController();
  let fail;
  const reached = new Promise((resolve, reject) => {
    fail = (error) => {
      controller.abort();
      reject(error);
    };
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(name, () => {
        controller.abort();
        resolve();
      });
    }
  });
  reached.catch(() => undefined); // Awaited once everything is up; until then a rejection is not unhandled.
  return { signal: controller.signal, reached, fail };
}
