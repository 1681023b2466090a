/** Dates and times as the reader writes them, always with a named zone somewhere near. */

/**
 * The locale for dates: the reader's own region when it speaks the page's language (`en-US` keeps a.m. and p.m.),
 * else the widest habit of that language.
 */
export function momentLocale(locale: string, wishes: readonly string[]): string {
  const language = locale.split('-')[0];
  const own = wishes.find((wish) => wish.split('-')[0] === language && wish.includes('-'));
  return own ?? (locale === 'en' ? 'en-GB' : locale);
}

const regional = (locale: string): string => momentLocale(locale, navigator.languages);

export function dayAndTime(iso: string, locale: string): string {
  return format(iso, locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
}

export function day(iso: string, locale: string): string {
  return format(iso, locale, { weekday: 'long', day: 'numeric', month: 'long' });
}

export function dayYearAndTime(iso: string, locale: string): string {
  const parts: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric' };
  return format(iso, locale, { ...parts, hour: 'numeric', minute: '2-digit' });
}

export function time(iso: string, locale: string): string {
  return format(iso, locale, { hour: 'numeric', minute: '2-digit' });
}

/** `Singapore Standard Time (GMT+8)`: the reader's own zone, at that moment. */
export function zoneName(iso: string, locale: string): string {
  const long = zonePart(iso, locale, 'longGeneric');
  const offset = zonePart(iso, locale, 'shortOffset');
  if (long === offset || long === '') return offset;
  return locale.startsWith('zh') ? `${long}（${offset}）` : `${long} (${offset})`;
}

/** `1:05`, for a clock that ticks beside a word. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function format(iso: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(regional(locale), options).format(new Date(iso));
}

function zonePart(iso: string, locale: string, style: 'longGeneric' | 'shortOffset'): string {
  const parts = new Intl.DateTimeFormat(regional(locale), { timeZoneName: style }).formatToParts(
    new Date(iso),
  );
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** `1 minute 42 seconds`, `1 分钟 42 秒钟`: a length of time in words. */
export function duration(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts: string[] = [];
  if (minutes > 0) parts.push(unit(minutes, 'minute', locale));
  if (rest > 0 || minutes === 0) parts.push(unit(rest, 'second', locale));
  if (locale.startsWith('zh')) return parts.join(' ');
  return new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format(parts);
}

function unit(value: number, name: 'minute' | 'second', locale: string): string {
  const words = new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(
    value,
  );
  // As in every other sentence of the page; the browsers' own data has no space here.
  return words.replace(/(\d)(?=\p{Script=Han})/u, '$1 ');
}
