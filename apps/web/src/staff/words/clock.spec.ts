import { clock, roughSpan } from './clock';

it.each([
  [0, '0:00'],
  [53.9, '0:53'],
  [125, '2:05'],
  [3729, '1:02:09'],
  [-3, '0:00'],
])('shows %s seconds as %s', (seconds, shown) => {
  expect(clock(seconds)).toBe(shown);
});

it.each([
  [20, { amount: 1, unit: 'minute' }],
  [59 * 60, { amount: 59, unit: 'minute' }],
  [90 * 60, { amount: 1, unit: 'hour' }],
  [47 * 3600, { amount: 47, unit: 'hour' }],
  [-50 * 3600, { amount: 2, unit: 'day' }],
])('tells %s seconds roughly as %j', (seconds, span) => {
  expect(roughSpan(seconds)).toEqual(span);
});
