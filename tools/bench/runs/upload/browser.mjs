import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../../bootstrap/paths.mjs';

// The browser driver is a dependency of the journeys.
const { chromium } = createRequire(join(ROOT, 'e2e', 'package.json'))('playwright-core');

const ARGUMENTS = ['--disable-background-networking', '--disable-component-update'];

/** One browser for many clients: each gets a context, and with it a link, of its own. */
export async function launchBrowser(executablePath) {
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** The same with a camera that shows a clip. */
export async function launchCameraBrowser(executablePath, { videoPath, audioPath }) {
  const camera = [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${videoPath}`,
    `--use-file-for-fake-audio-capture=${audioPath}`,
  ];
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...camera] });
}

export async function openContext(browser, link) {
  return browser.newContext({ proxy: { server: link.address }, bypassCSP: true });
}

/** A browser with a profile on disk, which can be killed and started again. */
export async function launchProfile({ executablePath, profile, link }) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGUMENTS,
    proxy: { server: link.address },
    bypassCSP: true,
  });
  return { context, kill: () => killProfile(profile) };
}

/** `kill -9` for each process of the browser that uses this profile, as the system would when memory is short. */
function killProfile(profile) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (commandOf(pid).some((word) => word === `--user-data-dir=${profile}`))
      process.kill(Number(pid), 'SIGKILL');
  }
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
