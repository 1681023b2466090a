import { RangeNotSatisfiable } from './errors';
import type { ByteRange, StoredObject } from './storage';

const DEFAULT_MAX_READ_BYTES = 16 * 1024 * 1024;

/**
 * Which bytes to deliver of an object of `sizeBytes`. Without a range: all, also none of an empty object.
 *
 * @throws RangeNotSatisfiable when no byte of the range exists, RangeError when the range itself makes no sense
 */
export function clipRange(
  range: ByteRange | undefined,
  sizeBytes: number,
): { start: number; lengthBytes: number } {
  if (!range) return { start: 0, lengthBytes: sizeBytes };
  assertRange(range);
  if (range.start >= sizeBytes) throw new RangeNotSatisfiable(sizeBytes);
  const end = Math.min(range.end ?? sizeBytes - 1, sizeBytes - 1);
  return { start: range.start, lengthBytes: end - range.start + 1 };
}

/** @throws RangeError */
export function assertRange({ start, end }: ByteRange): void {
  const whole = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
  if (!whole(start) || (end !== undefined && (!whole(end) || end < start))) {
    throw new RangeError(`Not a byte range: ${start}-${end ?? ''}`);
  }
}

/** `read` is for small objects. @throws RangeError after closing the stream */
export function refuseLargeRead(
  key: string,
  stored: StoredObject,
  maxSizeBytes = DEFAULT_MAX_READ_BYTES,
): void {
  if (stored.sizeBytes <= maxSizeBytes) return;
  stored.stream.destroy();
  throw new RangeError(
    `"${key}" has ${stored.sizeBytes} bytes, more than the ${maxSizeBytes} to be read at once.`,
  );
}
