import { durationsAgree } from './durations';

describe('two lengths of one answer', () => {
  it.each([
    [10.5, 10, true],
    [10.6, 10, false],
    [9.5, 10, true],
    [9.4, 10, false],
    [303, 300, true],
    [303.1, 300, false],
  ])('%d s and %d s: %s', (seconds, otherSeconds, agree) => {
    expect(durationsAgree(seconds, otherSeconds)).toBe(agree);
  });
});
