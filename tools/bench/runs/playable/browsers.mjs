import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../../bootstrap/paths.mjs';

// The browser driver is a dependency of the journeys.
const { chromium } = createRequire(join(ROOT, 'e2e', 'package.json'))('playwright-core');

/**
 * The candidate's browser: a fake camera, and every address of `routes` reached through the shaped link under its
 * own name, so that origins and cookies are the real ones.
 *
 * @param {{ executablePath: string, camera: { videoPath: string, audioPath: string }, routes: Map<number,
 *   number> }} options `routes` leads from a server's port to the link's
 */
export function launchCandidateBrowser({ executablePath, camera, routes }) {
  const rules = [...routes].map(([port, relay]) => `MAP localhost:${port} 127.0.0.1:${relay}`);
  return chromium.launch({
    executablePath,
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera.videoPath}`,
      `--use-file-for-fake-audio-capture=${camera.audioPath}`,
      `--host-resolver-rules=${rules.join(',')}`,
    ],
  });
}

/** The reviewer's browser, whose pages may start a video without a person's press. */
export function launchReviewerBrowser({ executablePath }) {
  return chromium.launch({ executablePath, args: ['--autoplay-policy=no-user-gesture-required'] });
}

/** What a signed-in reviewer's browser keeps: cookies, and nothing cached. */
export async function signedInState(browser, url, signIn) {
  const context = await browser.newContext();
  const options = { data: signIn, headers: { Origin: url } };
  const reply = await context.request.post(`${url}/api/v1/session`, options);
  if (!reply.ok()) throw new Error(`The reviewer could not sign in: ${reply.status()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}
