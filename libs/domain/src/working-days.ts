const dayMs = 24 * 60 * 60 * 1000;

/**
 * The same time of day `days` working days later. Saturdays and Sundays in the given zone do not count; public
 * holidays are not known yet.
 *
 * @param from milliseconds since the epoch
 * @param days whole working days, 0 or more
 * @param timeZone IANA name; an unknown one throws RangeError
 */
export function addWorkingDays(from: number, days: number, timeZone: string): number {
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone });
  let at = from;
  for (let left = days; left > 0;) {
    at += dayMs;
    if (!['Sat', 'Sun'].includes(weekday.format(at))) left -= 1;
  }
  return at;
}

/** Whether the runtime knows an IANA zone name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
