import type { ChunkRow, ProvedSegmentRow } from '@fairtake/database';
import type { ServedRange } from '../media/byte-range';

/** The part of a stored chunk that a range of a segment needs; both ends inclusive. */
export interface ChunkPiece {
  storageKey: string;
  start: number;
  end: number;
}

/** Which chunks, and which bytes of each, make up `range` of a segment. */
export function piecesOf(chunks: readonly ChunkRow[], range: ServedRange): ChunkPiece[] {
  const pieces: ChunkPiece[] = [];
  let offset = 0;
  for (const { storageKey, sizeBytes } of chunks) {
    const start = Math.max(0, range.start - offset);
    const end = Math.min(sizeBytes - 1, range.end - offset);
    if (start <= end) pieces.push({ storageKey, start, end });
    offset += sizeBytes;
  }
  return pieces;
}

/** A recorder's container as players know it; null for bytes that are neither, which nothing can play. */
export function playedType(segment: Pick<ProvedSegmentRow, 'container'>): 'video/mp4' | 'video/webm' | null {
  if (segment.container === null) return null;
  return segment.container === 'mp4' ? 'video/mp4' : 'video/webm';
}

/** Null when one of the segments was not indexed. */
export function isAudioOnly(segments: readonly Pick<ProvedSegmentRow, 'init'>[]): boolean | null {
  if (segments.some((segment) => segment.init === null)) return null;
  return segments.every((segment) => !segment.init!.tracks.some((track) => track.kind === 'video'));
}
