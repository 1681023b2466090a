import { addWorkingDays, isTimeZone } from './working-days';

describe('addWorkingDays', () => {
  const friday = Date.parse('2026-11-20T10:00:00Z');

  it('skips the weekend', () => {
    expect(new Date(addWorkingDays(friday, 3, 'UTC')).toISOString()).toBe('2026-11-25T10:00:00.000Z');
  });

  it('judges the weekend in the zone of the position', () => {
    const fridayLateUtc = Date.parse('2026-11-20T20:00:00Z');
    // Already Saturday in Shanghai: the first working day after it is Monday there.
    expect(new Date(addWorkingDays(fridayLateUtc, 1, 'Asia/Shanghai')).toISOString()).toBe(
      '2026-11-22T20:00:00.000Z',
    );
    expect(new Date(addWorkingDays(fridayLateUtc, 1, 'UTC')).toISOString()).toBe('2026-11-23T20:00:00.000Z');
  });

  it('knows zone names', () => {
    expect(isTimeZone('Asia/Shanghai')).toBe(true);
    expect(isTimeZone('Middle/Earth')).toBe(false);
  });
});
