/** What the links differ in, as `upload` measures them; times in milliseconds, `roundTripMs` without any queue. */
const STEADY = [
  { name: '1 Mbit/s, 100 ms', bitsPerSecond: 1_000_000, roundTripMs: 100 },
  { name: '600 kbit/s, 200 ms', bitsPerSecond: 600_000, roundTripMs: 200 },
  { name: '400 kbit/s, 300 ms', bitsPerSecond: 400_000, roundTripMs: 300 },
];
/** A link in which the pauses are what hurts, not the speed. */
const DARK = { bitsPerSecond: 1_000_000, roundTripMs: 100 };
const BLACKOUT_MS = 15_000;
const KILL_LINK = { bitsPerSecond: 600_000, roundTripMs: 200, dark: [] };
const THIN_SHARE = 0.7;
const THIN_ROUND_TRIP_MS = 100;

/**
 * Cells for a recording: links, then kills at half time.
 *
 * @param {{ stopMs: number, bitsPerSecond: number }} recording its length and its mean rate
 */
export function cellsOf({ stopMs, bitsPerSecond }) {
  const around = (middleMs) => [{ fromMs: middleMs - BLACKOUT_MS / 2, toMs: middleMs + BLACKOUT_MS / 2 }];
  const kill = (name, event) => ({ name, event, steady: false, link: KILL_LINK });
  return [
    ...STEADY.map(({ name, ...link }) => ({ name, steady: true, link: { ...link, dark: [] } })),
    {
      name: '0.7 × the media rate',
      steady: true,
      link: {
        bitsPerSecond: Math.round(bitsPerSecond * THIN_SHARE),
        roundTripMs: THIN_ROUND_TRIP_MS,
        dark: [],
      },
    },
    { name: '15 s blackout in the middle', steady: false, link: { ...DARK, dark: around(stopMs / 2) } },
    { name: '15 s blackout across stop', steady: false, link: { ...DARK, dark: around(stopMs) } },
    kill('kill -9 of the browser', 'kill'),
    kill('reload', 'reload'),
    kill('server restart', 'restart'),
  ].map((cell) => ({ event: null, ...cell }));
}

/** Who sends. `after` has nothing but memory until the stop. */
export const CLIENTS = [
  { key: 'ours', name: 'ours', server: 'ours' },
  { key: 'tus-64', name: 'tus live, 64 KiB', server: 'tus', chunkBytes: 64 * 1024, live: true },
  { key: 'tus-256', name: 'tus live, 256 KiB', server: 'tus', chunkBytes: 256 * 1024, live: true },
  { key: 'tus-after', name: 'tus after stop', server: 'tus', live: false },
  { key: 'uppy-after', name: 'Uppy multipart after stop', server: 's3', live: false },
];
