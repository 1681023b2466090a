import { ladder, rungIndex } from '../recording/ladder';
import { adviseOnLink } from './starting-rung';

const kbps = (value: number): number => (value * 1_000) / 8;

it.each([
  [20_000, '720p30', 'good'],
  [1_500, '720p30', 'good'],
  [1_000, '540p30', 'good'],
  [600, '360p24', 'slow'],
  [300, '360p15', 'slow'],
  [150, '180p10', 'slow'],
  [110, '180p10', 'slow'],
  [109, 'audio', 'very_slow'],
  [1, 'audio', 'very_slow'],
])('begins a two-minute answer over %d kbit/s at %s (%s)', (link, startRung, verdict) => {
  expect(adviseOnLink(kbps(link), 120)).toMatchObject({ startRung, verdict });
});

it('never begins lower on a faster link', () => {
  let before = ladder.length;
  for (let link = 20; link < 4_000; link += 7) {
    const at = rungIndex(adviseOnLink(kbps(link), 60).startRung);
    expect(at).toBeLessThanOrEqual(before);
    before = at;
  }
});

it('says how long the whole answer needs', () => {
  // 432 kbit/s for 120 s over 600 kbit/s.
  expect(adviseOnLink(kbps(600), 120).sendSeconds).toBeCloseTo(86.4);
  expect(adviseOnLink(0, 120).sendSeconds).toBeLessThan(Number.POSITIVE_INFINITY);
});
