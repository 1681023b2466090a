import { correction } from './drift';

it.each([
  ['together', 10, 10.04, { kind: 'none' }],
  ['a little behind', 10, 9.8, { kind: 'rate', factor: 1.03 }],
  ['a little ahead', 10, 10.2, { kind: 'rate', factor: 0.97 }],
  ['far behind', 10, 9.5, { kind: 'seek' }],
  ['far ahead', 10, 11, { kind: 'seek' }],
] as const)('corrects a player that is %s', (_what, leader, follower, expected) => {
  expect(correction(leader, follower)).toEqual(expected);
});
