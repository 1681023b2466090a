import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { recordingPieces } from '../../../demo/recording-pieces.mjs';

export const MIME_TYPE = 'video/mp4;codecs=avc1.42E01E,opus';
const VIDEO_BITS = 480_000;
const AUDIO_BITS = 32_000;
const PICTURE = '640x360';
const FRAMES_PER_SECOND = 24;
const FRAGMENT_SECONDS = 1;
/** From the last frame of a fragment until the recorder has handed it over. */
const HAND_OVER_MS = 40;
/** Seeds stop at different places of a fragment: the last one is as long as chance makes it. */
const STOP_STEP_SECONDS = 0.37;

/**
 * A recording and when each piece of it comes out of the recorder, the same for every client and every time: H.264
 * and Opus in MP4 fragments of a second, at a constant rate, with grain that keeps the encoder busy.
 *
 * @returns {Promise<{ seconds: number, stopMs: number, bitsPerSecond: number, bytes: Buffer, sha256: string,
 *   pieces: { atMs: number, bytes: Buffer, sizeBytes: number }[] }>} times since the start of the recording
 */
export async function makeTrace({ ffmpeg, seconds, seed }) {
  const length = seconds - ((seed * STOP_STEP_SECONDS) % FRAGMENT_SECONDS);
  const bytes = await record(ffmpeg, length, seed);
  const stopMs = length * 1_000;
  const pieces = recordingPieces(bytes, MIME_TYPE).map((piece, index) => ({
    // The first piece is the header and comes with the first frame.
    atMs: Math.min(index * FRAGMENT_SECONDS * 1_000, stopMs) + HAND_OVER_MS,
    bytes: piece,
    sizeBytes: piece.length,
  }));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { seconds: length, stopMs, bitsPerSecond: (bytes.length * 8) / length, bytes, sha256, pieces };
}

/** SHA-256 of the first `sizeBytes` of a recording. */
export const prefixSha256 = ({ bytes }, sizeBytes) =>
  createHash('sha256').update(bytes.subarray(0, sizeBytes)).digest('hex');

async function record(ffmpeg, seconds, seed) {
  const size = `size=${PICTURE}:rate=${FRAMES_PER_SECOND}`;
  const rate = String(VIDEO_BITS);
  const parameters = [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=${size}`],
    ...['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000', '-t', String(seconds)],
    // Grain by a fixed seed: without it a test picture needs a tenth of a person's bits.
    ...['-vf', `noise=alls=12:allf=t:all_seed=${seed + 1}`, '-threads', '1'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'baseline'],
    ...['-b:v', rate, '-maxrate', rate, '-bufsize', rate, '-pix_fmt', 'yuv420p'],
    ...['-force_key_frames', `expr:gte(t,n_forced*${FRAGMENT_SECONDS})`, '-g', '600'],
    ...['-c:a', 'libopus', '-b:a', String(AUDIO_BITS), '-fflags', '+bitexact', '-flags', '+bitexact'],
    ...['-f', 'mp4', '-movflags', '+empty_moov+default_base_moof+skip_trailer+frag_keyframe', 'pipe:1'],
  ];
  const options = { encoding: 'buffer', maxBuffer: 2 ** 28 };
  const { stdout } = await promisify(execFile)(ffmpeg, parameters, options);
  return stdout;
}
