import { limits, type FileStatus } from '@fairtake/contracts';
import type { FileRow, PieceRow } from '@fairtake/database';

export const pieceCountOf = ({ sizeBytes }: { sizeBytes: number }): number =>
  Math.ceil(sizeBytes / limits.chunkMaxBytes);

/** How many bytes a piece has: a MiB, and the last one what is left. */
export const pieceBytesOf = ({ sizeBytes }: { sizeBytes: number }, index: number): number =>
  Math.min(limits.chunkMaxBytes, sizeBytes - index * limits.chunkMaxBytes);

export function fileStatus(file: FileRow, pieces: readonly PieceRow[]): FileStatus {
  return {
    fileId: file.id,
    state: file.state === 'open' ? 'open' : 'received',
    pieceBytes: limits.chunkMaxBytes,
    pieceCount: pieceCountOf(file),
    held: file.state === 'open' ? pieces.map((piece) => piece.index) : [],
  };
}
