import type { TakeStatus } from '@fairtake/contracts';
import type { ChunkRow } from '@fairtake/database';

/** What is held of one segment: the contiguous mark and a bitmap, least significant bit first. */
export function heldSegment(segment: number, chunks: readonly ChunkRow[]): TakeStatus['segments'][number] {
  const own = chunks.filter((chunk) => chunk.segment === segment);
  const bitmap = Buffer.alloc(Math.ceil((Math.max(-1, ...own.map((chunk) => chunk.index)) + 1) / 8));
  for (const { index } of own) bitmap[index >> 3]! |= 1 << (index & 7);
  const held = new Set(own.map((chunk) => chunk.index));
  let contiguous = 0;
  while (held.has(contiguous)) contiguous += 1;
  return {
    segment,
    contiguous,
    bitmap: bitmap.toString('base64'),
    sizeBytes: own.reduce((sum, chunk) => sum + chunk.sizeBytes, 0),
  };
}
