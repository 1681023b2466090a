import { makeClip } from '@fairtake/media/testing';
import type { Recording } from './other-people';

const SECONDS = 3;
const PIECE_BYTES = 64 * 1024;

/** A short recording that no browser had to make, where only its presence matters. */
export async function makeRecording(): Promise<Recording> {
  const bytes = await makeClip({
    seconds: SECONDS,
    width: 320,
    height: 180,
    container: 'webm',
    videoCodec: 'vp8',
    audioCodec: 'opus',
    ffmpegPath: process.env.FFMPEG_PATH || 'ffmpeg',
  });
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  const blobs = Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  );
  const mimeType = 'video/webm;codecs=vp8,opus';
  return { recorder: 'baseline', blobs, bytes, mimeType, elapsedMs: () => SECONDS * 1000 };
}
