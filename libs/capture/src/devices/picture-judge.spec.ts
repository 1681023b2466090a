import { judgePicture, measurePicture, type PictureSample } from './picture-judge';

const samples = (over: Partial<PictureSample> = {}, count = 8): PictureSample[] =>
  Array.from({ length: count }, (_, at) => ({
    brightness: 120,
    spread: 50,
    change: at === 0 ? null : 2,
    ...over,
  }));

it.each([
  ['good', 30, samples()],
  ['good', 12, samples()],
  ['choppy', 11, samples()],
  ['dark', 30, samples({ brightness: 30, spread: 20 })],
  ['black', 30, samples({ brightness: 2, spread: 1 })],
  // A night view has bright points: dark, not covered.
  ['dark', 30, samples({ brightness: 5, spread: 20 })],
  ['frozen', 0, samples()],
  ['frozen', 30, samples({ change: 0 })],
  ['frozen', 30, []],
  // Too few pictures to call them still.
  ['good', 30, samples({ change: 0 }, 3)],
  // A covered lens does not move either; the cover is what helps to know.
  ['black', 30, samples({ brightness: 0, spread: 0, change: 0 })],
] as const)('calls it %s at %d pictures a second', (verdict, framesPerSecond, given) => {
  expect(judgePicture({ framesPerSecond, samples: given })).toBe(verdict);
});

it('measures brightness, contrast and change of a small picture', () => {
  const picture = (...greys: number[]) =>
    new Uint8ClampedArray(greys.flatMap((grey) => [grey, grey, grey, 255]));
  const first = measurePicture(picture(0, 200), null);
  expect(first.sample).toEqual({ brightness: 100, spread: 100, change: null });
  expect(measurePicture(picture(0, 200), first.luma).sample.change).toBe(0);
  expect(measurePicture(picture(10, 190), first.luma).sample.change).toBe(10);
});
