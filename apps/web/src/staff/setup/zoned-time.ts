/** The wall clock of a zone at an instant, as `datetime-local` fields read it: `2026-05-12T18:00`. */
export function localInZone(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '00';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/**
 * The instant at which a zone's clock shows `local`; null when `local` is not a date. A time that a clock change skips
 * becomes the one an hour later, as calendars do.
 */
export function instantInZone(local: string, timeZone: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local)) return null;
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const offset = (at: number) => Date.parse(`${localInZone(new Date(at).toISOString(), timeZone)}:00Z`) - at;
  // Twice, because the offset at the first guess may be the one of the other side of a clock change.
  const guess = asUtc - offset(asUtc);
  return new Date(asUtc - offset(guess)).toISOString();
}

/** Zones on offer; the reader's own and UTC always among them. */
export function timeZones(present: string): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = Intl.supportedValuesOf('timeZone');
  return [...new Set([present, own, 'UTC', ...all])].sort();
}
