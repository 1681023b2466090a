import { execFile } from 'node:child_process';
import { closeSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SIZE = { width: 1280, height: 720 };
const FRAME_BYTES = (SIZE.width * SIZE.height * 3) / 2;
/** Small enough to compare every picture with every other. */
const THUMB = { width: 64, height: 36 };
const THUMB_BYTES = THUMB.width * THUMB.height;
const SAMPLES_PER_SECOND = 2;
/** Of Opus as browsers make it, and the longest that Opus knows (RFC 6716, section 2.1.4) with its rounding. */
const PACKET_SECONDS = 0.02;
const LONGEST_PACKET_SECONDS = 0.065;
const BUFFER = { maxBuffer: 2 ** 28 };

/**
 * What became of the camera's pictures and sound in a recording. Each sampled picture is compared with the one of the
 * camera's clip that it shows, however many others were left out around it.
 *
 * @param {{ ffmpeg: string, ffprobe: string, folder: string, camera: string, segments: string[],
 *   recordedSeconds: number }} options `camera` and `segments` are files
 * @returns {Promise<{ ssim: number | null, pictureShare: number, soundShare: number, framesPerSecond: number }>} SSIM
 *   of pictures scaled to 720p, null without any; shares of the recorded time
 */
export async function judgeRecording({ ffmpeg, ffprobe, folder, camera, segments, recordedSeconds }) {
  const reference = join(folder, 'camera.yuv');
  await dump(ffmpeg, camera, reference, [], SIZE, 'yuv420p');
  const known = thumbs(await dumped(ffmpeg, camera, folder, []));
  const pairs = [];
  let [pictureSeconds, soundSeconds, frames] = [0, 0, 0];
  for (const segment of segments) {
    soundSeconds += heardSeconds(await packetTimes(ffprobe, segment, 'a'));
    const pictures = await packetTimes(ffprobe, segment, 'v');
    if (pictures.length === 0) continue;
    frames += pictures.length;
    pictureSeconds += spanSeconds(pictures);
    const sampled = [`fps=${SAMPLES_PER_SECOND}`];
    const seen = thumbs(await dumped(ffmpeg, segment, folder, sampled));
    const full = join(folder, 'segment.yuv');
    await dump(ffmpeg, segment, full, sampled, SIZE, 'yuv420p');
    seen.forEach((thumb, at) => {
      const match = nearest(thumb, known);
      pairs.push({ seen: readFrame(full, at), camera: readFrame(reference, match) });
    });
  }
  const ssim = pairs.length === 0 ? null : await compare(ffmpeg, folder, pairs);
  const share = (seconds) => Math.min(1, seconds / recordedSeconds);
  return {
    ssim,
    pictureShare: share(pictureSeconds),
    soundShare: share(soundSeconds),
    framesPerSecond: pictureSeconds === 0 ? 0 : frames / pictureSeconds,
  };
}

function dump(ffmpeg, input, output, filters, { width, height }, format) {
  const filter = [...filters, `scale=${width}:${height}:flags=bicubic`, `format=${format}`].join(',');
  const parameters = ['-nostdin', '-v', 'error', '-y', '-i', input, '-an', '-vf', filter];
  // As they come: by default ffmpeg would repeat and drop pictures to an even rate.
  return run(ffmpeg, [...parameters, '-vsync', 'passthrough', '-f', 'rawvideo', output], BUFFER);
}

async function dumped(ffmpeg, input, folder, filters) {
  const path = join(folder, 'thumbs.gray');
  await dump(ffmpeg, input, path, filters, THUMB, 'gray');
  return readFileSync(path);
}

const thumbs = (bytes) =>
  Array.from({ length: Math.floor(bytes.length / THUMB_BYTES) }, (_, at) =>
    bytes.subarray(at * THUMB_BYTES, (at + 1) * THUMB_BYTES),
  );

function nearest(thumb, known) {
  const distances = known.map((one) => one.reduce((sum, value, at) => sum + Math.abs(value - thumb[at]), 0));
  return distances.indexOf(Math.min(...distances));
}

function readFrame(path, at) {
  const file = openSync(path, 'r');
  const frame = Buffer.alloc(FRAME_BYTES);
  readSync(file, frame, 0, FRAME_BYTES, at * FRAME_BYTES);
  closeSync(file);
  return frame;
}

async function compare(ffmpeg, folder, pairs) {
  const paths = [join(folder, 'seen.yuv'), join(folder, 'shown.yuv')];
  writeFileSync(paths[0], Buffer.concat(pairs.map(({ seen }) => seen)));
  writeFileSync(paths[1], Buffer.concat(pairs.map(({ camera }) => camera)));
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${SIZE.width}x${SIZE.height}`, '-i'];
  const parameters = [
    '-nostdin',
    '-v',
    'info',
    ...raw,
    paths[0],
    ...raw,
    paths[1],
    '-lavfi',
    'ssim',
    '-f',
    'null',
    '-',
  ];
  const { stderr } = await run(ffmpeg, parameters, BUFFER);
  for (const path of paths) rmSync(path);
  return Number(/SSIM .*All:([\d.]+)/.exec(stderr)[1]);
}

/** Seconds into the segment of each packet of its video (`v`) or audio (`a`), in the order of time. */
async function packetTimes(ffprobe, path, kind) {
  const parameters = ['-v', 'error', '-select_streams', kind, '-show_entries', 'packet=pts_time'];
  const { stdout } = await run(ffprobe, [...parameters, '-of', 'json', path], BUFFER);
  return JSON.parse(stdout)
    .packets.map((one) => Number(one.pts_time ?? 0))
    .sort((a, b) => a - b);
}

/** From the first picture to the end of the last, which is shown as long as the mean of the others. */
export function spanSeconds(times) {
  if (times.length < 2) return 0;
  return ((times.at(-1) - times[0]) * times.length) / (times.length - 1);
}

/** Sound without its holes: live MP4 states no length of packets, so each lasts until the next, but never longer. */
export function heardSeconds(times) {
  return times.reduce((sum, at, index) => {
    const next = times[index + 1];
    return sum + (next === undefined ? PACKET_SECONDS : Math.min(LONGEST_PACKET_SECONDS, next - at));
  }, 0);
}
