import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * A moving picture in bad light, as a file for Chromium's fake camera. As soft as a lens makes it: the sharp edges of a
 * drawn pattern cannot be had for 150 kbit/s with a key frame each second, whatever the encoder.
 */
export async function makeNoisyCamera(directory: string): Promise<string> {
  const file = path.join(directory, 'noisy.mjpeg');
  const source = 'testsrc2=size=640x360:rate=30,gblur=sigma=2,noise=alls=6:allf=t';
  const output = ['-t', '4', '-c:v', 'mjpeg', '-q:v', '4', '-f', 'mjpeg', file];
  await promisify(execFile)(process.env.FFMPEG_PATH || 'ffmpeg', [
    ...['-nostdin', '-y', '-v', 'error', '-f', 'lavfi', '-i', source],
    ...output,
  ]);
  return file;
}

/** A tone without end, for Chromium's fake microphone: wherever it is not heard, sound was lost. */
export async function makeTone(directory: string): Promise<string> {
  const file = path.join(directory, 'tone.wav');
  await promisify(execFile)(process.env.FFMPEG_PATH || 'ffmpeg', [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=60'],
    ...['-af', 'volume=2', file],
  ]);
  return file;
}
