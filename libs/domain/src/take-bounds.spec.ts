import { isOverlong, recordingSeconds, takeMaxBytes } from './take-bounds';

const mebibyte = 1024 * 1024;

test('a take may last from its start to the end of its recording', () => {
  expect(recordingSeconds({ startedAt: new Date(1_000), recordingEndsAt: new Date(136_000) })).toBe(135);
});

test.each([
  [75, false],
  [80, false],
  [80.1, true],
  [5_400, true],
])('%d seconds where 75 are allowed: too long is %s', (durationSeconds, overlong) => {
  expect(isOverlong(durationSeconds, 75)).toBe(overlong);
});

test.each([
  ['a short answer', 75, 64 * mebibyte],
  ['an answer of five minutes', 315, 196_875_000],
  ['the longest answer', 1_815, 1_134_375_000],
  ['the longest answer, doubled by an adjustment', 3_615, 1_536 * mebibyte],
])('%s has its own limit of bytes', (_name, allowedSeconds, maxBytes) => {
  expect(takeMaxBytes(allowedSeconds)).toBe(maxBytes);
});
