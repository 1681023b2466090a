import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawTestPicture } from './drawing/test-picture.mjs';
import { createFrames } from './drawing/frames.mjs';
import { encodeFrames } from './encode.mjs';
import { PERSONAS } from './personas.mjs';
import { speak, speechProgram } from './sound/speech.mjs';
import { loudnessAt, writeWav } from './sound/wav.mjs';

const SIZE = { width: 640, height: 360 };
/** Chromium plays every .mjpeg file at 30 frames a second, whatever it was made with. */
const FPS = 30;

/**
 * Files for Chromium's `--use-file-for-fake-video-capture` and `--use-file-for-fake-audio-capture`: a moving
 * figure with a frame counter and colour bars, and somebody speaking without long pauses. Chromium repeats
 * both when they end.
 *
 * @param {{ directory: string, seconds: number, ffmpeg?: string }} options
 * @returns {Promise<{ videoPath: string, audioPath: string, width: number, height: number, fps: number,
 *   seconds: number }>}
 */
export async function makeFakeCamera({ directory, seconds, ffmpeg = 'ffmpeg' }) {
  mkdirSync(directory, { recursive: true });
  const sound = speakFor(seconds);
  const audioPath = join(directory, 'camera.wav');
  writeFileSync(audioPath, writeWav(sound.samples, sound.sampleRate));
  const videoPath = join(directory, 'camera.mjpeg');
  const draw = createFrames(PERSONAS[0].look, SIZE);
  const frameAt = (at) => {
    const frame = draw(at, loudnessAt(sound, at));
    drawTestPicture({ frame, ...SIZE }, Math.round(at * FPS));
    return frame;
  };
  const output = ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p', '-q:v', '5', '-f', 'mjpeg'];
  await encodeFrames({ ffmpeg, ...SIZE, fps: FPS, seconds, frameAt, output, path: videoPath });
  return { videoPath, audioPath, ...SIZE, fps: FPS, seconds };
}

/** One answer after the other until the time is full. */
function speakFor(seconds) {
  const program = speechProgram();
  const { language, voice, answers } = PERSONAS[0];
  const spoken = Object.values(answers).map((text, seed) => speak(program, { text, language, voice, seed }));
  const { sampleRate } = spoken[0];
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  for (let at = 0, turn = 0; at < samples.length; turn++) {
    const next = spoken[turn % spoken.length].samples;
    samples.set(next.subarray(0, samples.length - at), at);
    at += next.length;
  }
  return { samples, sampleRate };
}
