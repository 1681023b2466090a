/**
 * @typedef {object} Way a link as the benchmark sees it: one paced direction, and times in which nothing passes
 * @property {number} bitsPerSecond
 * @property {{ fromMs: number, toMs: number }[]} dark in order, not overlapping
 */

/**
 * When the last of `sizeBytes` has left, if the first may leave at `startMs`.
 *
 * @param {Way} way
 */
export function leftAtMs(startMs, sizeBytes, { bitsPerSecond, dark }) {
  const bytesPerMs = bitsPerSecond / 8_000;
  let atMs = startMs;
  let leftBytes = sizeBytes;
  for (const { fromMs, toMs } of dark) {
    if (toMs <= atMs) continue;
    const beforeMs = Math.max(0, fromMs - atMs);
    if (leftBytes <= beforeMs * bytesPerMs && fromMs > atMs) break;
    leftBytes -= beforeMs * bytesPerMs;
    atMs = toMs;
  }
  return atMs + leftBytes / bytesPerMs;
}

/**
 * How long after the stop a perfect fluid sender would be busy: it sends every byte the moment it exists and the link
 * has room, without headers, requests or waiting. What nobody can beat, but for the way there and back.
 *
 * @param {{ atMs: number, sizeBytes: number }[]} pieces as the recorder handed them over
 * @param {number} stopMs
 * @param {Way} way
 */
export function fluidTailMs(pieces, stopMs, way) {
  const freeAtMs = pieces.reduce(
    (freeMs, { atMs, sizeBytes }) => leftAtMs(Math.max(freeMs, atMs), sizeBytes, way),
    0,
  );
  return Math.max(0, freeAtMs - stopMs);
}
