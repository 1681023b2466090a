import { instantInZone, localInZone } from './zoned-time';

it.each([
  ['2026-05-12T18:00', 'Asia/Shanghai', '2026-05-12T10:00:00.000Z'],
  ['2026-01-12T09:30', 'Europe/Berlin', '2026-01-12T08:30:00.000Z'],
  ['2026-07-12T09:30', 'Europe/Berlin', '2026-07-12T07:30:00.000Z'],
  ['2026-12-31T23:30', 'America/New_York', '2027-01-01T04:30:00.000Z'],
  ['2026-03-01T00:00', 'UTC', '2026-03-01T00:00:00.000Z'],
])('%s in %s is %s and back', (local, zone, instant) => {
  expect(instantInZone(local, zone)).toBe(instant);
  expect(localInZone(instant, zone)).toBe(local);
});

it('takes no half-typed date', () => {
  expect(instantInZone('2026-05', 'UTC')).toBeNull();
});
