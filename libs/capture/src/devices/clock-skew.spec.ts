import { clockMinutesAhead } from './clock-skew';

it('tells minutes, and nothing below two of them', () => {
  const server = Date.parse('2026-11-22T12:00:00Z');
  const minute = 60_000;
  expect(clockMinutesAhead(server + 119_000, server)).toBe(0);
  expect(clockMinutesAhead(server - 119_000, server)).toBe(0);
  expect(clockMinutesAhead(server + 2 * minute, server)).toBe(2);
  expect(clockMinutesAhead(server - 90 * minute, server)).toBe(-90);
});
