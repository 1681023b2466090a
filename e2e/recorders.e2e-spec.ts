import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@fairtake/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { makeFakeCamera, type FakeCamera } from './harness/fake-camera';
import type { Recorders } from './recorders/page';
import { PageServer } from './recorders/page-server';

declare const recorders: Recorders;

let server: PageServer;
let page: Page;
let browser: Browser;
let camera: FakeCamera;

beforeAll(async () => {
  server = await PageServer.start();
  camera = await makeFakeCamera();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera.videoPath}`,
      `--use-file-for-fake-audio-capture=${camera.audioPath}`,
    ],
  });
  page = await browser.newPage();
  page.on('console', (m) => console.log(m.text()));
  page.on('pageerror', (m) => console.log(m));
  await page.goto(server.url);
  await page.evaluate(() => recorders.openDevices(360));
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await camera?.remove();
});

it('tests', async () => {
  console.log(await page.evaluate(() => recorders.selfTest()));
  const r = await page.evaluate(() =>
    recorders.bitrates('360p24', [
      { bitsPerSecond: 400_000, ms: 3000 },
      { bitsPerSecond: 100_000, ms: 3000 },
    ]),
  );
  console.log({
    ...r,
    pieces: r.pieces.map((p) => [p.segment, Math.round(p.atMs), (p.base64.length * 3) / 4]),
  });
});
