import { spotAt, wholeAt } from './playlist';

const durations = [4, 6];

it('finds the part a moment lies in', () => {
  expect(spotAt(durations, 1)).toEqual({ part: 0, seconds: 1 });
  expect(spotAt(durations, 4)).toEqual({ part: 1, seconds: 0 });
  expect(spotAt(durations, 99)).toEqual({ part: 1, seconds: 6 });
  expect(spotAt(durations, -1)).toEqual({ part: 0, seconds: 0 });
  expect(spotAt([], 3)).toEqual({ part: 0, seconds: 0 });
});

it('finds its way back', () => {
  for (const seconds of [0, 3.5, 4, 9]) expect(wholeAt(durations, spotAt(durations, seconds))).toBe(seconds);
});
