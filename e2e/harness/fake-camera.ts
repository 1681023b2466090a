import { makeTemporaryDirectory } from '@fairtake/testing';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './places';

export interface FakeCamera {
  videoPath: string;
  audioPath: string;
  remove(): Promise<void>;
}

const SECONDS = 8;

/** A moving picture and somebody speaking, for Chromium's fake devices. Chromium repeats both. */
export async function makeFakeCamera(): Promise<FakeCamera> {
  const directory = await makeTemporaryDirectory({ name: 'camera' });
  const script = path.join(ROOT, 'tools', 'demo', 'clips-cli.mjs');
  const parameters = [script, '--fake-camera', directory.path, '--seconds', String(SECONDS)];
  const { stdout } = await promisify(execFile)(process.execPath, parameters, { cwd: ROOT });
  const { videoPath, audioPath } = JSON.parse(stdout) as FakeCamera;
  return { videoPath, audioPath, remove: () => directory.remove() };
}
