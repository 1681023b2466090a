/* global HTMLVideoElement -- of the page */
const PLAYING_TIMEOUT_MS = 60_000;
const SEEN_SECONDS = 0.2;

/**
 * A blank page in a browser profile with nothing cached. `play(url)` opens the address, presses Play as soon as the
 * page has given its video a source, and resolves with the times of opening and of the first `playing`.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ storageState?: object }} options
 */
export async function openPlayingPage(browser, { storageState } = {}) {
  const context = await browser.newContext({ locale: 'en-GB', storageState });
  const page = await context.newPage();
  await page.addInitScript(pressPlay);
  return {
    async play(url) {
      const openedAt = Date.now();
      await page.goto(url, { waitUntil: 'commit' });
      const wait = { polling: 50, timeout: PLAYING_TIMEOUT_MS };
      await page.waitForFunction(() => globalThis.benchPlayingAt !== undefined, null, wait);
      // A `playing` without pictures would be a lie.
      await page.waitForFunction(hasPlayed, SEEN_SECONDS, wait);
      return { openedAt, ...(await page.evaluate(readMarks)) };
    },
    close: () => context.close(),
  };
}

/* The functions below run in the page. Media events do not bubble, but a capturing listener hears them. */

function pressPlay() {
  const press = ({ target }) => target instanceof HTMLVideoElement && target.play().catch(() => undefined);
  const note = () => (globalThis.benchPlayingAt ??= Date.now());
  document.addEventListener('loadstart', press, true);
  document.addEventListener('playing', note, true);
}

function hasPlayed(seconds) {
  const video = document.querySelector('video');
  return video.currentTime >= seconds && video.getVideoPlaybackQuality().totalVideoFrames > 0;
}

function readMarks() {
  const requests = performance.getEntriesByType('resource');
  const endOf = (ending) => {
    const request = requests.find(({ name }) => ending.test(name));
    return request ? performance.timeOrigin + request.responseEnd : null;
  };
  return {
    playingAt: globalThis.benchPlayingAt,
    clipAt: endOf(/\/review\/rounds\/[^/]+\/questions\/[^/]+$/),
    playlistAt: endOf(/\.m3u8$/),
  };
}
