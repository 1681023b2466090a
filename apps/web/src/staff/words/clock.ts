export const minute = 60;
const hour = 60 * minute;
export const day = 24 * hour;

export type Unit = 'minute' | 'hour' | 'day';

/** The largest unit that still says something: 90 minutes are 1 hour, 50 hours are 2 days. */
export function roughSpan(seconds: number): { amount: number; unit: Unit } {
  const whole = Math.abs(seconds);
  if (whole >= 2 * day) return { amount: Math.floor(whole / day), unit: 'day' };
  if (whole >= hour) return { amount: Math.floor(whole / hour), unit: 'hour' };
  return { amount: Math.max(1, Math.floor(whole / minute)), unit: 'minute' };
}

/** `0:53`, `12:05`, `1:02:09`: the clock of a player. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const part = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / minute) % 60;
  const hours = Math.floor(whole / hour);
  const tail = part(whole % minute);
  return hours > 0 ? `${hours}:${part(minutes)}:${tail}` : `${minutes}:${tail}`;
}
