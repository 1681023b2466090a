/* global ReadableStream -- of the page */
import { Upload } from 'tus-js-client';
import { handed, load, replay, wholeRecording } from './replay.mjs';

/** Everything not named here is as tus-js-client ships it, retries included. */
function send(input, options) {
  return new Promise((resolve, reject) => {
    const upload = new Upload(input, {
      endpoint: '/files/',
      ...options,
      onError: reject,
      onSuccess: () => resolve(upload.url.split('/').at(-1)),
    });
    globalThis.bench.key = () => upload.url?.split('/').at(-1) ?? null;
    upload.start();
  });
}

async function record({ live, chunkBytes, mimeType }) {
  return live ? recordLive(chunkBytes) : recordThenSend(mimeType);
}

/** As its documentation has it for streams: a reader, a finite chunk size, the length told at the end. */
async function recordLive(chunkBytes) {
  let stopAt = 0;
  const stream = new ReadableStream({
    start(controller) {
      stopAt = replay({
        onPiece: (bytes) => controller.enqueue(bytes),
        onLast: () => controller.close(),
      });
    },
  });
  const key = await send(stream.getReader(), { chunkSize: chunkBytes, uploadLengthDeferred: true });
  return { key, tailMs: performance.now() - stopAt };
}

async function recordThenSend(mimeType) {
  let stopAt = 0;
  await new Promise((resolve) => (stopAt = replay({ onPiece: () => undefined, onLast: resolve })));
  const key = await send(wholeRecording(mimeType), {});
  return { key, tailMs: performance.now() - stopAt };
}

globalThis.bench = { load, handed, record, key: () => null };
