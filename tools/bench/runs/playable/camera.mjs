import { execFile } from 'node:child_process';
import { renameSync } from 'node:fs';
import { promisify } from 'node:util';
import { makeFakeCamera } from '../../../demo/fake-camera.mjs';

/** Chromium repeats it. */
const CLIP_SECONDS = 12;

/** The demo's talking figure with test picture and speech, in the size a usual camera gives. */
export async function makeCamera({ directory, ffmpeg, height }) {
  const camera = await makeFakeCamera({ directory, seconds: CLIP_SECONDS, ffmpeg });
  if (camera.height === height) return camera;
  const scaled = `${camera.videoPath}.${height}.mjpeg`;
  const parameters = ['-v', 'error', '-i', camera.videoPath, '-vf', `scale=-2:${height}`];
  await promisify(execFile)(ffmpeg, [...parameters, '-c:v', 'mjpeg', '-q:v', '5', scaled]);
  renameSync(scaled, camera.videoPath);
  return { ...camera, height };
}
