/**
 * ISO base media boxes (ISO/IEC 14496-12 §4.2) over a Buffer. The bytes come from strangers: every size is checked
 * against what is really there before it is used, nothing recurses, and every loop moves forward or fails.
 */

/** Why bytes could not be indexed. Internal to the parser; `indexChunk` and `indexFile` turn it into a value. */
export class Mp4Unreadable extends Error {
  constructor(readonly reason: Mp4Problem) {
    super(`Not indexable as fragmented MP4: ${reason}`);
  }
}

/**
 * - `not_fragmented_mp4`: another format, or an MP4 whose samples are listed in `moov`.
 * - `not_whole_fragments`: the bytes end inside a box, or a `moof` has no `mdat`.
 * - `missing_init`: the first chunk of a segment has no `ftyp` + `moov`.
 * - `unexpected_init`: a later chunk has one: a recorder was restarted without opening a new segment.
 * - `unknown_track`: a fragment speaks of a track that `moov` does not declare, or declares none we know.
 * - `absolute_offsets`: samples are addressed from the start of the file, so a fragment cannot be served alone.
 * - `malformed`: a box contradicts itself.
 * - `too_complex`: more boxes, tracks or samples than any recording has.
 */
export type Mp4Problem =
  | 'not_fragmented_mp4'
  | 'not_whole_fragments'
  | 'missing_init'
  | 'unexpected_init'
  | 'unknown_track'
  | 'absolute_offsets'
  | 'malformed'
  | 'too_complex';

/** Position of one box; `bodyStart` and `end` are offsets into the same Buffer as `start`. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

/** Boxes directly inside one container; a recording has about ten, a 1 MiB chunk of empty boxes 131,072. */
const maxBoxesPerContainer = 4_096;

/** Longest box header: 32-bit size, type and 64-bit size. */
export const boxHeaderMaxBytes = 16;

/**
 * Reads a box header at `at`.
 *
 * @returns type, header length and total size in bytes, or `undefined` when fewer bytes are there than the header
 * needs. A size of 0 ("to the end of the file", §4.2) is refused: the end of a chunk is not the end of the file.
 */
export function readBoxHeader(
  bytes: Buffer,
  at: number,
  end: number,
): { type: string; headerBytes: number; sizeBytes: number } | undefined {
  if (end - at < 8) return undefined;
  const size32 = bytes.readUInt32BE(at);
  const type = bytes.toString('latin1', at + 4, at + 8);
  if (size32 !== 1) {
    if (size32 < 8) throw new Mp4Unreadable('not_whole_fragments');
    return { type, headerBytes: 8, sizeBytes: size32 };
  }
  if (end - at < boxHeaderMaxBytes) return undefined;
  const sizeBytes = safeInteger(bytes.readBigUInt64BE(at + 8));
  if (sizeBytes < boxHeaderMaxBytes) throw new Mp4Unreadable('not_whole_fragments');
  return { type, headerBytes: boxHeaderMaxBytes, sizeBytes };
}

/**
 * Lists the boxes that fill `[start, end)` exactly.
 *
 * @param whenCut the reason to give when a box does not fit: at top level the chunk was cut, inside it is malformed.
 * @throws Mp4Unreadable
 */
export function listBoxes(bytes: Buffer, start: number, end: number, whenCut: Mp4Problem): Box[] {
  const boxes: Box[] = [];
  let at = start;
  while (at < end) {
    const header = readBoxHeader(bytes, at, end);
    if (!header || header.sizeBytes > end - at) throw new Mp4Unreadable(whenCut);
    if (boxes.length >= maxBoxesPerContainer) throw new Mp4Unreadable('too_complex');
    boxes.push({
      type: header.type,
      start: at,
      bodyStart: at + header.headerBytes,
      end: at + header.sizeBytes,
    });
    at += header.sizeBytes;
  }
  return boxes;
}

/** The children of a container box, from `skipBytes` into its body (full boxes and sample entries have fields first). */
export function childrenOf(bytes: Buffer, box: Box, skipBytes = 0): Box[] {
  if (box.bodyStart + skipBytes > box.end) throw new Mp4Unreadable('malformed');
  return listBoxes(bytes, box.bodyStart + skipBytes, box.end, 'malformed');
}

/** Bounds-checked reads inside one box: beyond its end is `malformed`, never a neighbour's bytes. */
export class BoxReader {
  private at: number;

  constructor(
    private readonly bytes: Buffer,
    private readonly box: Box,
  ) {
    this.at = box.bodyStart;
  }

  get remainingBytes(): number {
    return this.box.end - this.at;
  }

  skip(sizeBytes: number): this {
    this.take(sizeBytes);
    return this;
  }

  uint8(): number {
    return this.bytes.readUInt8(this.take(1));
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.take(2));
  }

  uint32(): number {
    return this.bytes.readUInt32BE(this.take(4));
  }

  uint64(): number {
    return safeInteger(this.bytes.readBigUInt64BE(this.take(8)));
  }

  /** `version` and `flags` of a full box. */
  versionAndFlags(): { version: number; flags: number } {
    const word = this.uint32();
    return { version: word >>> 24, flags: word & 0xff_ffff };
  }

  private take(sizeBytes: number): number {
    if (sizeBytes > this.remainingBytes) throw new Mp4Unreadable('malformed');
    const at = this.at;
    this.at += sizeBytes;
    return at;
  }
}

function safeInteger(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new Mp4Unreadable('malformed');
  return Number(value);
}
