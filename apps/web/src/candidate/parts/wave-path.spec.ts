import { resample, wavePath } from './wave-path';

it('draws one bar per level, centred', () => {
  expect(wavePath([0, 1], 10)).toBe('M5 19.5V20.5M15 2.0V38.0');
});

it('starts where it is told, so a played part and the rest can be two paths', () => {
  expect(wavePath([0], 10, 3)).toBe('M35 19.5V20.5');
});

it('keeps the peak of each stretch', () => {
  expect(resample([0, 0.9, 0, 0.1], 2)).toEqual([0.9, 0.1]);
});

it('stretches a short recording and never divides by nothing', () => {
  expect(resample([0.3], 3)).toEqual([0.3, 0.3, 0.3]);
  expect(resample([], 2)).toEqual([0.05, 0.05]);
});
