import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../bootstrap/paths.mjs';
import { ensurePrograms } from '../../bootstrap/programs.mjs';
import { launchCandidateBrowser, launchReviewerBrowser, signedInState } from './playable/browsers.mjs';
import { makeCamera } from './playable/camera.mjs';
import { figuresOf } from './playable/figures.mjs';
import { makeOrganisation } from './playable/hiring.mjs';
import { startInstallation } from './playable/installation.mjs';
import { measureAnswer } from './playable/measure.mjs';
import { readOptions } from './playable/options.mjs';
import { openShapedLink } from './playable/shaped-link.mjs';
import { startUsualServer } from './playable/usual-way.mjs';

const UPLINK_BITS_PER_SECOND = 5_000_000;
const DELAY_MS = 25;
const PICTURE_HEIGHT = 720;

/**
 * From the candidate's Stop to `playing` in a fresh reviewer page, against the usual way: upload after the stop, then
 * a ladder. `--seconds 15,60,180 --codecs h264,vp8 --runs 3`; the usual way is measured once per codec and length.
 */
export async function run({ say, parameters }) {
  const options = readOptions(parameters);
  const programs = ensurePrograms(['ffmpeg', 'ffprobe', 'redis', 'chromium']);
  const loadBefore = loadavg()[0];
  const world = await openWorld(programs, say);
  try {
    const figures = [];
    for (const codec of options.codecs)
      figures.push(...figuresOf(codec, await measureCodec(world, codec, options, say)));
    const load = { loadBefore: loadBefore.toFixed(1), loadAfter: loadavg()[0].toFixed(1) };
    return { conditions: { ...conditions(world, options, programs), ...load }, figures };
  } finally {
    await world.close();
  }
}

async function measureCodec(world, codec, { lengths, runs }, say) {
  const measured = [];
  for (const seconds of lengths)
    for (let turn = 1; turn <= runs; turn++) {
      const name = `${codec}-${seconds}-${turn}`;
      const one = await measureAnswer(world, { codec, seconds, withUsual: turn === 1, name });
      say(`${codec}, ${seconds} s, ${turn} of ${runs}: ${JSON.stringify(one, rounded)}`);
      measured.push(one);
    }
  return measured;
}

const rounded = (_key, value) => (typeof value === 'number' ? Math.round(value) : value);

/** Everything a measurement needs, and one way to end it all, last opened first. */
async function openWorld(programs, say) {
  const folder = mkdtempSync(join(tmpdir(), 'fairtake-bench-playable-'));
  const endings = [() => rmSync(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  const opened = (thing, end) => {
    endings.push(() => end(thing));
    return thing;
  };
  try {
    say('starting the installation …');
    const installation = opened(await startInstallation(folder), ({ stop }) => stop());
    const { url, port } = installation;
    const organisation = await makeOrganisation(installation);
    const camera = await makeCamera({ directory: folder, ffmpeg: programs.ffmpeg, height: PICTURE_HEIGHT });
    const usualServer = opened(
      await startUsualServer({ ffmpeg: programs.ffmpeg, folder, height: PICTURE_HEIGHT }),
      (server) => server.close(),
    );
    const link = opened(
      openShapedLink({ upBitsPerSecond: UPLINK_BITS_PER_SECOND, delayMs: DELAY_MS }),
      (one) => one.close(),
    );
    const routes = new Map();
    for (const target of [port, usualServer.port]) routes.set(target, await link.route(target));
    const executablePath = programs.chromium;
    const candidateBrowser = opened(
      await launchCandidateBrowser({ executablePath, camera, routes }),
      (browser) => browser.close(),
    );
    const reviewerBrowser = opened(await launchReviewerBrowser({ executablePath }), (browser) =>
      browser.close(),
    );
    const reviewerState = await signedInState(reviewerBrowser, url, organisation.signIn);
    return {
      ...{ folder, url, organisation, camera, usualServer, candidateBrowser, reviewerBrowser, reviewerState },
      link: { uplinkBitsPerSecond: UPLINK_BITS_PER_SECOND, roundTripMs: 2 * DELAY_MS },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function conditions({ candidateBrowser, usualServer, camera }, { runs, lengths }, programs) {
  const firstLine = (program, word) => execFileSync(program, [word], { encoding: 'utf8' }).split('\n')[0];
  return {
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim(),
    chromium: candidateBrowser.version(),
    ffmpeg: firstLine(programs.ffmpeg, '-version').split(' ')[2],
    uplink: `${UPLINK_BITS_PER_SECOND / 1e6} Mbit/s, ${DELAY_MS} ms each way, a TCP relay before api and upload server; reviewer direct`,
    answers: `${lengths.join(', ')} s, ${runs} runs each; the usual way once each`,
    clip: `drawn figure with test picture and speech, ${camera.height}p at ${camera.fps} frames a second, through MediaRecorder`,
    presses:
      'Stop, then Use this answer when it is shown; the reviewer page opens when the api lists the clip and plays when it has a source',
    reviewer: 'signed in, new browser profile each time, nothing cached',
    system:
      'api and worker as npm start brings them up, disk storage, browsers and usual way on the same machine',
    usualWay: `whole file by PUT, then ${usualServer.rungs.map((rung) => `${rung}p`).join(', ')} by one ffmpeg each (x264 veryfast, HLS), then hls.js`,
  };
}
