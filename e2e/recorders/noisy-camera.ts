import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/** A moving picture in bad light, as a file for Chromium's fake camera: ten times the bytes of an easy one. */
export async function makeNoisyCamera(directory: string): Promise<string> {
  const file = path.join(directory, 'noisy.mjpeg');
  const source = 'testsrc2=size=640x360:rate=30,noise=alls=12:allf=t';
  const output = ['-t', '4', '-c:v', 'mjpeg', '-q:v', '4', '-f', 'mjpeg', file];
  await promisify(execFile)(process.env.FFMPEG_PATH || 'ffmpeg', [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', source],
    ...output,
  ]);
  return file;
}
