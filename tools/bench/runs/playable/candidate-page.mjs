/* global MediaRecorder, MutationObserver -- of the page */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../bootstrap/paths.mjs';

const WORDS = JSON.parse(readFileSync(join(ROOT, 'apps', 'web', 'messages', 'candidate.en.json'), 'utf8'));
const SENT_TIMEOUT_MS = 2 * 60_000;
const MOST_REQUESTS = 10_000;

/**
 * A candidate on the page where the answer is recorded, everything before it done.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {{ link: string, codec: 'h264' | 'vp8' }} options with `vp8` the browser says that it cannot record MP4
 */
export async function openCandidatePage(browser, { link, codec }) {
  const context = await browser.newContext({ locale: 'en-GB', permissions: ['camera', 'microphone'] });
  const page = await context.newPage();
  await page.addInitScript(watchRecorder, { withoutMp4: codec === 'vp8', mostRequests: MOST_REQUESTS });
  await page.goto(link);
  // Permission stands already, so the check opens the devices without the page that explains the question.
  for (const step of ['welcome.start', 'consent.agree', 'check.skip', 'question.ready'])
    await page.getByRole('button', { name: WORDS[step], exact: true }).click();
  return page;
}

/**
 * Records for `seconds`, presses Stop, and then Use this answer the moment it is there.
 *
 * @returns {Promise<{ stopAt: number, useAt: number }>} as every time here milliseconds of the machine's clock
 */
export function recordAnswer(page, seconds) {
  return page.evaluate(recordAndPress, {
    stop: WORDS['question.stop'],
    use: WORDS['question.use'],
    seconds,
  });
}

/** Waits until the page says that all has been sent, and tells when each step of it was over. */
export async function waitUntilSent(page, stopAt) {
  const isDone = () => location.pathname.endsWith('/done');
  await page.waitForFunction(isDone, null, { polling: 200, timeout: SENT_TIMEOUT_MS });
  return page.evaluate(readRecord, stopAt);
}

/** Writes what the recorder gave to a file: the same bytes for the usual way. */
export async function saveRecording(page, path) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.evaluate(() => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(globalThis.benchRecord.pieces.map(({ blob }) => blob)));
      link.download = 'recording';
      link.click();
    }),
  ]);
  await download.saveAs(path);
}

/* The functions below run in the page. */

function watchRecorder({ withoutMp4, mostRequests }) {
  performance.setResourceTimingBufferSize(mostRequests);
  const record = { pieces: [], mimeType: '' };
  globalThis.benchRecord = record;
  const isTypeSupported = MediaRecorder.isTypeSupported.bind(MediaRecorder);
  if (withoutMp4) MediaRecorder.isTypeSupported = (type) => !type.includes('mp4') && isTypeSupported(type);
  const start = MediaRecorder.prototype.start;
  MediaRecorder.prototype.start = function (...parameters) {
    record.pieces = [];
    this.addEventListener('dataavailable', ({ data }) => {
      record.mimeType = this.mimeType;
      record.pieces.push({ at: Date.now(), blob: data });
    });
    return start.apply(this, parameters);
  };
}

async function recordAndPress({ stop, use, seconds }) {
  const buttonOf = (word) =>
    [...document.querySelectorAll('button:not([aria-disabled])')].find(
      (button) => button.textContent.trim() === word,
    );
  const appears = (word) =>
    new Promise((resolve) => {
      const look = () => {
        const button = buttonOf(word);
        if (!button) return;
        observer.disconnect();
        resolve(button);
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      look();
    });
  await appears(stop);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const stopAt = Date.now();
  buttonOf(stop).click();
  const useButton = await appears(use);
  useButton.click();
  return { stopAt, useAt: Date.now() };
}

function readRecord(stopAt) {
  const { pieces, mimeType } = globalThis.benchRecord;
  const sum = (some) => some.reduce((total, { blob }) => total + blob.size, 0);
  const requests = performance.getEntriesByType('resource');
  const endOf = (ending) =>
    performance.timeOrigin +
    Math.max(...requests.filter(({ name }) => ending.test(name)).map((one) => one.responseEnd));
  const last = pieces.filter(({ at }) => at >= stopAt);
  return {
    mimeType,
    sizeBytes: sum(pieces),
    lastPieceBytes: sum(last),
    handedOverAt: last.at(-1)?.at ?? stopAt,
    sentAt: endOf(/\/chunks\/\d+$/),
    finalisedAt: endOf(/\/finalise$/),
    keptAt: endOf(/\/keep$/),
  };
}
