import { useMemo } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import { day, minute, roughSpan, type Unit } from './clock';

function timeWords(intl: IntlShape) {
  const unit = (amount: number, name: Unit | 'second', unitDisplay: 'long' | 'narrow') =>
    intl.formatNumber(amount, { style: 'unit', unit: name, unitDisplay });
  return {
    /** "5 hours": how long, in one unit. */
    span(seconds: number, unitDisplay: 'long' | 'narrow' = 'long'): string {
      const rough = roughSpan(seconds);
      return unit(rough.amount, rough.unit, unitDisplay);
    },
    /** "6 hours ago", "in 2 days". */
    ago(instant: string, now = Date.now()): string {
      const seconds = (Date.parse(instant) - now) / 1000;
      const rough = roughSpan(seconds);
      return intl.formatRelativeTime(Math.sign(seconds || -1) * rough.amount, rough.unit, {
        numeric: 'auto',
      });
    },
    /** "1 minute 5 seconds", for people who listen to the page. */
    spoken(seconds: number): string {
      const whole = Math.max(0, Math.floor(seconds));
      const minutes = Math.floor(whole / minute);
      const rest = whole % minute;
      const words = [];
      if (minutes > 0) words.push(unit(minutes, 'minute', 'long'));
      if (rest > 0 || minutes === 0) words.push(unit(rest, 'second', 'long'));
      return words.join(' ');
    },
    /** Day, time and the zone's name. */
    dateTime: (instant: string, timeZone?: string): string =>
      intl.formatDate(instant, {
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
        ...(timeZone ? { timeZone } : {}),
      }),
    /** Weekday and time within the week, day and month beyond it; the zone's name always. */
    nearby: (instant: string, now = Date.now()): string =>
      intl.formatDate(instant, {
        ...(Math.abs(Date.parse(instant) - now) < 6 * day * 1000
          ? { weekday: 'short' }
          : { day: 'numeric', month: 'short' }),
        hour: '2-digit',
        minute: '2-digit',
        timeZoneName: 'short',
      }),
    /** "14:02". */
    timeOfDay: (instant: number | string): string =>
      intl.formatTime(instant, { hour: '2-digit', minute: '2-digit' }),
  };
}

export type TimeWords = ReturnType<typeof timeWords>;

/** Times and durations in the reader's language. */
export function useTimeWords(): TimeWords {
  const intl = useIntl();
  return useMemo(() => timeWords(intl), [intl]);
}
