/**
 * An entry for the last moment to answer, as an iCalendar file (RFC 5545). Times are in UTC, which needs no zone table
 * and shows as the reader's own time. A reminder comes a day before.
 *
 * @param entry.minutes length of the entry; it ends at the deadline
 */
export function deadlineCalendar(entry: {
  uid: string;
  deadlineAt: Date;
  minutes: number;
  summary: string;
  description: string;
  now: Date;
}): string {
  const end = entry.deadlineAt;
  const start = new Date(end.getTime() - entry.minutes * 60_000);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Fairtake//Interview//EN',
    'METHOD:PUBLISH',
    'BEGIN:VEVENT',
    `UID:${entry.uid}@fairtake`,
    `DTSTAMP:${utc(entry.now)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escapeText(entry.summary)}`,
    `DESCRIPTION:${escapeText(entry.description)}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escapeText(entry.summary)}`,
    'TRIGGER:-P1D',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map(fold).join('\r\n') + '\r\n';
}

function utc(date: Date): string {
  return date.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '');
}

function escapeText(text: string): string {
  // Other control characters have no place in the format, and could begin a line of their own.
  return text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

/** Lines are at most 75 octets; a continuation starts with a space. Cuts never split a character. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > 73) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** Length in UTF-8. */
function octetsOf(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}
