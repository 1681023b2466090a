import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ROOT } from '../../bootstrap/paths.mjs';
import { ensurePrograms } from '../../bootstrap/programs.mjs';
import { makeOrganisation } from './playable/hiring.mjs';
import { startInstallation } from './playable/installation.mjs';
import { measureAdaptive } from './upload/adaptive.mjs';
import { sendAnswer } from './upload/answer.mjs';
import { fluidTailMs } from './upload/bound.mjs';
import { launchBrowser } from './upload/browser.mjs';
import { cellsOf, CLIENTS } from './upload/cells.mjs';
import { figuresOf } from './upload/figures.mjs';
import { restartAtHalfTime } from './upload/restart.mjs';
import { readOptions } from './upload/options.mjs';
import { buildPageScripts } from './upload/page-scripts.mjs';
import { startPeerServers } from './upload/servers.mjs';
import { makeTrace } from './upload/trace.mjs';

/**
 * From stop to durable and verified: the same recording through ours, tus-js-client and Uppy, over thin and broken
 * links, and through kills. `--seconds 30 --seeds 1 --lanes 8 --cells … --clients …`.
 */
export async function run({ say, parameters }) {
  const options = readOptions(parameters);
  const programs = ensurePrograms(['ffmpeg', 'ffprobe', 'redis', 'chromium']);
  const load = [loadavg()[0]];
  const world = await openWorld(programs, say);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  try {
    const jobs = await makeJobs(programs.ffmpeg, options);
    say(`${jobs.length} recordings, ${options.lanes} at a time …`);
    const restarts = jobs.filter(({ cell }) => cell.event === 'restart');
    const outcomes = await inLanes(
      options.lanes,
      jobs.filter((job) => !restarts.includes(job)),
      (job) => measure(world, job, say),
    );
    load.push(loadavg()[0]);
    for (const group of seedsOf(restarts)) {
      const [{ trace }] = group;
      const [sent] = await Promise.all([
        Promise.all(group.map((job) => measure(world, job, say))),
        restartAtHalfTime(world, trace.stopMs),
      ]);
      outcomes.push(...sent);
    }
    load.push(loadavg()[0]);
    const figures = figuresOf(outcomes);
    if (options.adaptiveSeconds > 0)
      figures.push(...(await measureAdaptive(world, programs, options.adaptiveSeconds, say)));
    load.push(loadavg()[0]);
    return {
      conditions: conditions(world, { options, jobs, load, delay, programs }),
      figures,
    };
  } finally {
    delay.disable();
    await world.close();
  }
}

async function makeJobs(ffmpeg, { seconds, seeds, firstSeed, cells, clients }) {
  const chosen = (words, name) => words === null || words.some((word) => name.includes(word));
  const jobs = [];
  let known = null;
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const trace = await makeTrace({ ffmpeg, seconds, seed });
    // The same objects for every seed: figures are grouped by them. Only times follow the recording.
    const here = cellsOf(trace);
    known ??= here;
    for (const [at, cell] of here.entries()) {
      if (!chosen(cells, cell.name)) continue;
      const boundMs = fluidTailMs(trace.pieces, trace.stopMs, cell.link);
      for (const client of CLIENTS.filter(({ name }) => chosen(clients, name)))
        jobs.push({ cell: known[at], link: cell.link, client, trace, boundMs, seed });
    }
  }
  return jobs;
}

async function measure(world, job, say) {
  const { cell, link, client, trace, boundMs, seed } = job;
  const outcome = await sendAnswer(world, { cell: { ...cell, link }, client, trace, boundMs });
  const tail = outcome.tailMs === null ? '' : ` ${(outcome.tailMs / 1000).toFixed(2)} s`;
  const bound = ` (bound ${(boundMs / 1000).toFixed(2)} s)`;
  const verdict = outcome.ok ? 'ok' : `FAILED, ${outcome.lostBytes} bytes lost`;
  say(`${cell.name} · ${client.name} · seed ${seed}:${tail}${bound} ${verdict} ${outcome.note}`);
  return { ...job, ...outcome };
}

/** Starts the jobs in their order, so many at a time. */
async function inLanes(lanes, jobs, run) {
  const results = [];
  const left = [...jobs];
  const lane = async () => {
    for (let job = left.shift(); job; job = left.shift()) results.push(await run(job));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}

const seedsOf = (jobs) =>
  [...new Set(jobs.map(({ seed }) => seed))].map((seed) => jobs.filter((job) => job.seed === seed));

/** Everything a measurement needs, and one way to end it all, last opened first. */
async function openWorld(programs, say) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-bench-upload-'));
  const endings = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    say('building the pages, starting the installation …');
    const scripts = await buildPageScripts();
    const peers = await startPeerServers(folder);
    endings.push(() => peers.stop());
    const installation = await startInstallation(folder);
    endings.push(() => installation.stop());
    const organisation = await makeOrganisation(installation);
    const browser = await launchBrowser(programs.chromium);
    endings.push(() => browser.close());
    const portOf = (server) => (server === 'ours' ? installation.port : peers.ports[server]);
    const { url } = installation;
    return { folder, url, scripts, peers, organisation, browser, chromium: programs.chromium, portOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function conditions(world, { options, jobs, load, delay, programs }) {
  const git = (...words) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
  const firstLine = (program) => execFileSync(program, ['-version'], { encoding: 'utf8' }).split('\n')[0];
  const version = (name) =>
    JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;
  const kbps = jobs.map(({ trace }) => Math.round(trace.bitsPerSecond / 1000))[0];
  return {
    commit: git('rev-parse', '--short', 'HEAD'),
    chromium: world.browser.version(),
    ffmpeg: firstLine(programs.ffmpeg).split(' ')[2],
    others: ['tus-js-client', '@tus/server', '@tus/file-store', '@uppy/core', '@uppy/aws-s3', 's3rver']
      .map((name) => `${name} ${version(name)}`)
      .join(', '),
    recording: `${options.seconds} s of H.264 and Opus in MP4 fragments of 1 s, ${kbps} kbit/s, ${options.seeds} of different lengths`,
    clients:
      'each in a page of headless Chromium, the same pieces at the same times; encoder and camera replaced',
    link: 'one per client, a SOCKS relay: paced uplink, delay both ways, at most 16 KiB a connection in its queue, no slow start and no retransmission time-out after a blackout',
    servers:
      'api with PostgreSQL and disk storage as npm start brings it up; @tus/server with its file store; s3rver; all on this machine',
    atOnce: options.lanes,
    load: load.map((one) => one.toFixed(1)).join(' → '),
    relayDelayMs: `p99 ${(delay.percentile(99) / 1e6).toFixed(0)}, most ${(delay.max / 1e6).toFixed(0)} (10 of them its timer)`,
  };
}
