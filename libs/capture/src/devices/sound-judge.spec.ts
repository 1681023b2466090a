import { SoundJudge, type HeardSoFar } from './sound-judge';

const reading = (level: number, more: { clipping?: boolean; silentMs?: number } = {}) => ({
  level,
  clipping: false,
  silentMs: 0,
  ...more,
});
const judged = (...readings: ReturnType<typeof reading>[]): HeardSoFar => {
  const judge = new SoundJudge();
  return readings.map((each) => judge.add(each)).at(-1)!;
};
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

it('tells speech from a knock and from a quiet room', () => {
  expect(judged(reading(0.2))).toBe('nothing_yet');
  expect(judged(reading(0.9), reading(0.2))).toBe('nothing_yet');
  expect(judged(...times(5, reading(0.5)))).toBe('speech');
});

it('calls a microphone silent after three seconds of nothing, but not somebody who paused', () => {
  const silence = reading(0, { silentMs: 3_000 });
  expect(judged(reading(0, { silentMs: 2_950 }))).toBe('nothing_yet');
  expect(judged(silence)).toBe('silent');
  expect(judged(...times(5, reading(0.5)), silence)).toBe('speech');
  expect(judged(silence, ...times(5, reading(0.5)))).toBe('speech');
});

it('says when it is too loud, and takes it back', () => {
  const loud = reading(0.98, { clipping: true });
  expect(judged(...times(11, loud))).toBe('speech');
  expect(judged(...times(12, loud))).toBe('too_loud');
  expect(judged(...times(12, loud), ...times(60, reading(0.5)))).toBe('speech');
});
