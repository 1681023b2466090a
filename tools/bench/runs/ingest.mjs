import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../../bootstrap/paths.mjs';
import { ensurePrograms } from '../../bootstrap/programs.mjs';
import { StopReason } from '../../bootstrap/stop-reason.mjs';
import { makeOrganisation } from './playable/hiring.mjs';
import { startInstallation } from './playable/installation.mjs';
import { keepWorkerBusy } from './ingest/busy-worker.mjs';
import { durableWritesPerSecond } from './ingest/calibration.mjs';
import { floodFigures, paceFigures } from './ingest/figures.mjs';
import { runLoad, startDurableTus } from './ingest/processes.mjs';
import { openTakes } from './ingest/takes.mjs';

const BODIES = [256, 1024].map((kibibytes) => ({ kibibytes, bodyBytes: kibibytes * 1024 }));
const CONNECTIONS = [10, 50];
/** Ours and theirs in turn, so that a busy moment of the machine does not meet only one of them. */
const ROUNDS = 3;
const WARM_UP_MS = 1_000;
/** Enough that none gets near the limit of 8 chunks a second. */
const TAKES = 100;
const UPLOAD_BYTES = 64 * 1024 * 1024;
const CANDIDATES = 50;
const PACE = { bodyBytes: 310_000, everyMs: 2_000 };

/**
 * Chunks made durable per second, against @tus/server with the same promise, and how long 50 recording candidates
 * wait for their acknowledgement while the worker encodes. `--seconds 5` of each round, `--pace-seconds 60`.
 */
export async function run({ say, parameters }) {
  const options = readOptions(parameters);
  const programs = ensurePrograms(['ffmpeg', 'ffprobe', 'redis']);
  const load = [loadavg()[0]];
  const world = await openWorld(say);
  try {
    const calibration = await durableWritesPerSecond(world.folder, BODIES[0].bodyBytes);
    const figures = [];
    for (const body of BODIES)
      for (const connections of CONNECTIONS) {
        const cell = await measureFlood(world, { ...body, connections }, options.seconds, say);
        figures.push(...floodFigures(cell));
      }
    load.push(loadavg()[0]);
    const paced = await measurePace(world, { ffmpeg: programs.ffmpeg, seconds: options.paceSeconds }, say);
    figures.push(
      ...paceFigures({ name: `${CANDIDATES} recording, worker encoding`, measured: paced.measured }),
    );
    load.push(loadavg()[0]);
    return { conditions: conditions(options, { calibration, load, paced }), figures };
  } finally {
    await world.close();
  }
}

async function measureFlood(
  { installation, organisation, tus },
  { kibibytes, bodyBytes, connections },
  seconds,
  say,
) {
  const task = { mode: 'flood', connections, bodyBytes, warmUpMs: WARM_UP_MS, measuredMs: seconds * 1_000 };
  const targets = await openTakes({ url: installation.url, organisation, bodyBytes, count: TAKES });
  const cell = {
    name: `${kibibytes} KiB, ${connections} connections`,
    seconds,
    ours: [],
    patches: [],
    creations: [],
  };
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await runLoad({ ...task, kind: 'chunks', port: installation.port, targets });
    for (const [at, target] of targets.entries()) target.next = ours.next[at];
    cell.ours.push(ours);
    cell.patches.push(await runLoad({ ...task, kind: 'patches', port: tus.port, uploadBytes: UPLOAD_BYTES }));
    cell.creations.push(await runLoad({ ...task, kind: 'creations', port: tus.port }));
  }
  say(`${cell.name}: ${summary(floodFigures(cell))}`);
  return cell;
}

/** Many answers on their way at their real pace, and a worker that is never done. */
async function measurePace(world, { ffmpeg, seconds }, say) {
  const { installation, organisation, folder } = world;
  const { url, port } = installation;
  const { bodyBytes, everyMs } = PACE;
  const targets = await openTakes({ url, organisation, bodyBytes, count: CANDIDATES });
  const worker = await keepWorkerBusy({ url, organisation, ffmpeg, folder });
  const task = {
    mode: 'pace',
    kind: 'chunks',
    port,
    bodyBytes,
    everyMs,
    measuredMs: seconds * 1_000,
    targets,
  };
  const measured = await runLoad(task);
  const workerBusy = await worker.isBusy();
  say(summary(paceFigures({ name: '', measured })));
  return { measured, workerBusy };
}

const summary = (figures) =>
  figures.map(({ name, value, unit }) => `${name.split(': ')[1]} ${value} ${unit}`).join(', ');

function readOptions(parameters) {
  try {
    const { values } = parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        seconds: { type: 'string', default: '5' },
        'pace-seconds': { type: 'string', default: '60' },
      },
    });
    return {
      seconds: positive(values.seconds, '--seconds'),
      paceSeconds: positive(values['pace-seconds'], '--pace-seconds'),
    };
  } catch (error) {
    throw error instanceof StopReason ? error : new StopReason(error.message);
  }
}

function positive(word, name) {
  const number = Number(word);
  if (Number.isInteger(number) && number > 0 && number <= 600) return number;
  throw new StopReason(`${name} takes whole numbers from 1 to 600, not "${word}".`);
}

/** Everything a measurement needs, and one way to end it all, last opened first. */
async function openWorld(say) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-bench-ingest-'));
  const endings = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    say('starting the installation …');
    const tus = await startDurableTus(folder);
    endings.push(() => tus.stop());
    const installation = await startInstallation(folder);
    endings.push(() => installation.stop());
    const organisation = await makeOrganisation(installation);
    return { folder, tus, installation, organisation, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function conditions({ seconds, paceSeconds }, { calibration, load, paced }) {
  const version = (name) =>
    JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
  return {
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim(),
    others: ['@tus/server', '@tus/file-store'].map((name) => `${name} ${version(name)}`).join(', '),
    promise:
      'ours: fdatasync, rename, fsync of the folder, row committed; tus: fdatasync after each write; fdatasync of the description and fsync of the folder after each creation; no digest compared',
    flood: `${ROUNDS} rounds of ${seconds} s each, ours and theirs in turn, ${TAKES} takes`,
    pace: `${CANDIDATES} takes, ${PACE.bodyBytes / 1000} kB each ${PACE.everyMs / 1000} s for ${paceSeconds} s; worker busy to the end: ${paced.workerBusy ? 'yes' : 'no'}`,
    system: 'api, worker, PostgreSQL, Redis, tus and the load process on this machine, disk storage',
    diskAlone: `${calibration} durable writes of 256 KiB a second by one writer`,
    load: load.map((one) => one.toFixed(1)).join(' → '),
  };
}
