import { stepRate } from './rate-memory';

it.each([
  [1, 1, 1.25],
  [1, -1, 0.75],
  [2.5, 1, 2.5],
  [0.75, -1, 0.75],
  [1.1, 1, 1.25],
] as const)('steps from %s by %s to %s', (from, direction, to) => {
  expect(stepRate(from, direction)).toBe(to);
});
