import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCamera } from '../playable/camera.mjs';
import { launchCameraBrowser, openContext } from './browser.mjs';
import { arrive, inviteCandidate } from './candidate.mjs';
import { judgeRecording } from './picture.mjs';
import { openSocksLink } from './socks-link.mjs';

const HEIGHT = 720;
const ROUND_TRIP_MS = 200;
/** 720p30 with sound, the top of the ladder: what a recorder that does not adapt would have to send. */
const FULL_BITS_PER_SECOND = 1_248_000;
const LINKS = [600_000, 400_000, 200_000, 120_000].map((bitsPerSecond) => ({ bitsPerSecond, checked: true }));
/** As if the device check had been skipped: the recording begins at full quality. */
const UNCHECKED = { bitsPerSecond: 400_000, checked: false };

/**
 * What adaptation makes of thin links: how long after stop an answer is durable, and what was given up for it. In a
 * real browser with a camera that shows a drawn figure, with our own encoders or the browser's, as the product chooses.
 */
export async function measureAdaptive(world, programs, seconds, say) {
  const folder = mkdtempSync(join(world.folder, 'adaptive-'));
  const camera = await makeTexturedCamera(programs.ffmpeg, folder);
  const browser = await launchCameraBrowser(programs.chromium, camera);
  const figures = [];
  try {
    for (const link of [...LINKS, UNCHECKED]) {
      const one = await recordOver(world, { browser, programs, camera, folder, link, seconds });
      say(`adaptive, ${nameOf(link)}: ${JSON.stringify(one)}`);
      figures.push(...figuresOf(link, seconds, one));
    }
    return figures;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The drawn figure has flat colours, which any size shows alike: a fine pattern that stands still is laid over it. */
async function makeTexturedCamera(ffmpeg, folder) {
  const camera = await makeCamera({ directory: folder, ffmpeg, height: HEIGHT });
  const videoPath = join(folder, 'textured.mjpeg');
  const parameters = ['-v', 'error', '-i', camera.videoPath, '-vf', 'noise=c0s=12:all_seed=7'];
  await promisify(execFile)(ffmpeg, [...parameters, '-c:v', 'mjpeg', '-q:v', '3', videoPath]);
  return { ...camera, videoPath };
}

async function recordOver(world, { browser, programs, camera, folder, link, seconds }) {
  const { bitsPerSecond } = link;
  const shaped = await openSocksLink();
  const context = await openContext(browser, shaped);
  try {
    await context.grantPermissions(['camera', 'microphone']);
    const page = await context.newPage();
    await page.goto(`http://localhost:${world.portOf('ours')}/healthz`);
    await page.evaluate(`${world.scripts.get('adaptive')}\n;0`);
    const { questionId, link: invitation } = await inviteCandidate(world.organisation, seconds);
    const token = invitation.slice(invitation.indexOf('#') + 1);
    const interviewId = await page.evaluate(arrive, { token, questionId });
    const recorder = await page.evaluate(() => globalThis.bench.prepare());
    shaped.begin({ bitsPerSecond, roundTripMs: ROUND_TRIP_MS, dark: [] });
    const measured = link.checked ? bitsPerSecond : null;
    const task = { interviewId, questionId, seconds, bitsPerSecond: measured };
    const result = await page.evaluate((one) => globalThis.bench.record(one), task);
    const files = keep(folder, result);
    const { ffmpeg, ffprobe } = programs;
    const recordedSeconds = result.recordedMs / 1_000;
    const judged = await judgeRecording({
      ...{ ffmpeg, ffprobe, folder, camera: camera.videoPath },
      ...{ segments: files, recordedSeconds },
    });
    const sizeBytes = result.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
    const { tailMs, startRung, segments } = result;
    return { tailMs, recorder, startRung, segments: segments.length, sizeBytes, recordedSeconds, ...judged };
  } finally {
    await context.close();
    shaped.close();
  }
}

/** What the browser recorded, which has to be what the server said it holds. */
function keep(folder, { segments, recorded }) {
  return recorded.map(({ mimeType, base64 }, at) => {
    const bytes = Buffer.from(base64, 'base64');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (segments[at]?.sha256 !== sha256) throw new Error(`The server holds other bytes of segment ${at}.`);
    const path = join(folder, `segment-${at}.${mimeType.startsWith('video/webm') ? 'webm' : 'mp4'}`);
    writeFileSync(path, bytes);
    return path;
  });
}

const nameOf = ({ bitsPerSecond, checked }) =>
  `${bitsPerSecond / 1_000} kbit/s${checked ? '' : ', check skipped'}`;

/** Printed and not judged: what is right to give up for a second is no matter of arithmetic. */
export function figuresOf(link, seconds, one) {
  const figure = (name, value, unit) => ({ name: `adaptive, ${nameOf(link)}: ${name}`, value, unit });
  const fullTailSeconds = Math.max(0, (FULL_BITS_PER_SECOND / link.bitsPerSecond - 1) * seconds);
  return [
    figure('stop → durable', round(one.tailMs / 1_000, 2), 's'),
    figure('without adaptation at least', round(fullTailSeconds, 1), 's'),
    figure('recorded', Math.round((one.sizeBytes * 8) / one.recordedSeconds / 1_000), 'kbit/s'),
    figure('SSIM of the pictures', one.ssim === null ? 0 : round(one.ssim, 3), ''),
    figure('pictures a second', round(one.framesPerSecond, 1), ''),
    figure('time with a picture', Math.round(100 * one.pictureShare), '%'),
    figure('time with sound', Math.round(100 * one.soundShare), '%'),
  ];
}

const round = (value, digits) => Math.round(value * 10 ** digits) / 10 ** digits;
