import { ticks } from './ticks';

it.each([
  [114, [0, 30, 60, 90]],
  [12, [0, 5, 10]],
  [4, [0, 1, 2, 3]],
  [0, []],
  [Number.NaN, []],
])('marks %s seconds at %j', (duration, marks) => {
  expect(ticks(duration)).toEqual(marks);
});
