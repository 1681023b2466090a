import { isStrayPress, settleMs } from './press-guard';

it('ignores the second tap of a double tap on the button before', () => {
  expect(isStrayPress(10_180, 10_000)).toBe(true);
  expect(isStrayPress(10_000 + settleMs - 1, 10_000)).toBe(true);
});

it('ignores a press made before the button was there, however late it is handled', () => {
  expect(isStrayPress(9_990, 10_000)).toBe(true);
});

it('takes a press once the buttons have settled', () => {
  expect(isStrayPress(10_000 + settleMs, 10_000)).toBe(false);
});
