/* global atob -- of the page */
/** Pieces of the recording, put here before the clock starts. */
let pieces = [];
let stopMs = 0;
let handedBytes = 0;

/** Base64 from outside, because nothing else passes whole. */
export function load(trace) {
  stopMs = trace.stopMs;
  pieces = trace.pieces.map(({ atMs, base64 }) => ({
    atMs,
    bytes: Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
  }));
}

/** Bytes the recorder has handed over until now. */
export const handed = () => handedBytes;

/**
 * Plays the recording from now on. `onPiece` gets each piece when it comes out of the recorder, `onStop` runs when
 * the person presses stop, `onLast` after the last piece, which comes a moment later.
 *
 * @returns milliseconds by `performance.now()` at which stop will be pressed
 */
export function replay({ onPiece, onStop = () => undefined, onLast = () => undefined }) {
  const startMs = performance.now();
  const at = (atMs, run) => setTimeout(run, startMs + atMs - performance.now());
  at(stopMs, onStop);
  pieces.forEach(({ atMs, bytes }, index) =>
    at(atMs, () => {
      handedBytes += bytes.byteLength;
      onPiece(bytes, atMs);
      if (index === pieces.length - 1) onLast();
    }),
  );
  return startMs + stopMs;
}

export const wholeRecording = (type) =>
  new Blob(
    pieces.map(({ bytes }) => bytes),
    { type },
  );
