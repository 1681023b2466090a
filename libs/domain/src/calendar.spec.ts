import { deadlineCalendar } from './calendar';

const entry = {
  uid: '1',
  deadlineAt: new Date('2026-05-15T10:00:00Z'),
  minutes: 15,
  summary: 'Answer: Backend, second round; Alder',
  description: '后端工程师'.repeat(12),
  now: new Date('2026-05-01T00:00:00Z'),
};

it('ends at the deadline, in UTC', () => {
  const text = deadlineCalendar(entry);
  expect(text).toContain('\r\nDTSTART:20260515T094500Z\r\nDTEND:20260515T100000Z\r\n');
});

it('escapes what has a meaning in the format', () => {
  expect(deadlineCalendar(entry)).toContain('SUMMARY:Answer: Backend\\, second round\\; Alder');
});

it('folds long lines at 75 octets without splitting a character', () => {
  const text = deadlineCalendar(entry);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replaceAll('\r\n ', '')).toContain(`DESCRIPTION:${entry.description}`);
});

it('lets no text begin a line of its own', () => {
  const summary = 'Answer\r\nATTACH:file:///etc/passwd\rX\nY\u0000\u2028';
  const lines = deadlineCalendar({ ...entry, summary }).split('\r\n');
  expect(lines.filter((line) => /^(ATTACH|X|Y)/.test(line))).toEqual([]);
  expect(lines).toContain('SUMMARY:Answer\\nATTACH:file:///etc/passwd\\nX\\nY\u2028');
});

it('ends every line with CR and LF, the last one too', () => {
  const text = deadlineCalendar(entry);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
});

it('counts characters outside the basic plane as four octets', () => {
  const text = deadlineCalendar({ ...entry, summary: '🎥'.repeat(40) });
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});
