/* global FileReader, navigator -- of the page */
import { adviseOnLink, selfTestEnhanced } from '@fairtake/capture';
import { openOwnedSession } from './owned-session.mjs';

let stream = null;

/** As the device check does. @returns whether the page's own encoders are trusted, and if not, why */
async function prepare() {
  const size = { width: 1280, height: 720 };
  stream = await navigator.mediaDevices.getUserMedia({ video: size, audio: true });
  const proven = await selfTestEnhanced({ stream });
  return proven.ok ? 'own encoders' : `the browser's recorder (${proven.reason})`;
}

/** A camera answer as the product records it. `bitsPerSecond` is what the device check would have measured, or null. */
async function record({ interviewId, questionId, seconds, bitsPerSecond }) {
  const startRung = bitsPerSecond === null ? '720p30' : adviseOnLink(bitsPerSecond / 8, seconds).startRung;
  const session = await openOwnedSession({ interviewId, recording: () => ({ startRung }) });
  const take = await session.startTake({ questionId, stream, stopAfterMs: seconds * 1_000 });
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000 - take.elapsedMs()));
  const done = settled(take);
  const stopAt = performance.now();
  await take.stop();
  const { segments } = await done;
  const tailMs = performance.now() - stopAt;
  const { recordedMs } = take.getSnapshot();
  const recorded = await Promise.all((await take.recordedBlobs()).map(asText));
  return { segments, tailMs, recordedMs, recorded, startRung };
}

function settled(take) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { phase, error, receipt } = take.getSnapshot();
      if (phase === 'done') resolve({ segments: receipt.segments });
      else if (phase === 'refused') reject(new Error(`refused: ${error}`));
    };
    take.subscribe(look);
    look();
  });
}

/** Nothing else leaves a page whole. */
function asText(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(reader.error);
    reader.onload = () => resolve({ mimeType: blob.type, base64: reader.result.split(';base64,')[1] });
    reader.readAsDataURL(blob);
  });
}

globalThis.bench = { prepare, record };
