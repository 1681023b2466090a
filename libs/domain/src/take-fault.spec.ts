import { heldSeconds, isCorroborated, isVanished, type SeenTake } from './take-fault';

const at = (seconds: number): Date => new Date(seconds * 1_000);
/** A take of a minute and its grace that began at 0. */
const take = (over: Partial<SeenTake> = {}): SeenTake => ({
  ...{ state: 'open', startedAt: at(0), recordingEndsAt: at(75), leasedAt: at(20) },
  ...{ chunkCount: 10, sizeBytes: 1_000, durationMs: null, verdict: null },
  ...over,
});

test.each([
  [take(), 20],
  [take({ chunkCount: 0 }), 0],
  [take({ leasedAt: at(500) }), 75],
  [take({ durationMs: 31_000 }), 31],
])('seconds held', (seen, seconds) => {
  expect(heldSeconds(seen)).toBe(seconds);
});

test.each([
  ['still sending', take(), 139, false],
  ['silent since the middle', take(), 141, true],
  ['sent to its end', take({ leasedAt: at(76) }), 400, false],
  ['received whole', take({ state: 'finalised' }), 400, false],
])('%s: vanished is %#', (_name, seen, now, vanished) => {
  expect(isVanished(seen, at(now))).toBe(vanished);
});

test.each([
  ['device_lost', take(), true],
  ['device_lost', take({ leasedAt: at(70) }), false],
  ['too_short', take({ leasedAt: at(3) }), true],
  ['too_short', take({ verdict: 'too_short', durationMs: 900 }), true],
  ['too_short', take(), false],
  ['page_closed', take(), true],
  ['no_media', take({ verdict: 'no_media' }), true],
] as const)('%s agrees with what was seen', (reason, seen, agrees) => {
  expect(isCorroborated(reason, seen, at(60))).toBe(agrees);
});
