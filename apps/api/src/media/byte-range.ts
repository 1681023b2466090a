/** First and last byte of a reply, both inclusive. */
export interface ServedRange {
  start: number;
  end: number;
}

/**
 * Reads a `Range` header against an object's size (RFC 9110 §14). Only one range of bytes is honoured; several, other
 * units and malformed headers are ignored, as the RFC allows, and the whole object is sent.
 *
 * @returns null for the whole object, 'unsatisfiable' for a range behind its end
 */
export function servedRange(
  header: string | undefined,
  sizeBytes: number,
): ServedRange | null | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), sizeBytes);
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? sizeBytes - 1 : Math.min(Number(match[2]), sizeBytes - 1);
  if (match[2] !== '' && Number(match[2]) < start) return null;
  return start >= sizeBytes ? 'unsatisfiable' : { start, end };
}
