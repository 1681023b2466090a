import { BoxReader, childrenOf, Mp4Unreadable, type Box } from './boxes';

/** What a sample entry says about a track, with the codec as RFC 6381 writes it. */
export interface SampleEntry {
  readonly codec: string;
  readonly width?: number;
  readonly height?: number;
}

/** Bytes before the children of a visual sample entry (ISO/IEC 14496-12 §12.1.3). */
const visualEntryBytes = 78;
/** Bytes before the children of an audio sample entry (§12.2.3); QuickTime version 1 adds 16, version 2 adds 36. */
const audioEntryBytes = 28;

/**
 * Reads the first sample entry of an `stsd` box.
 *
 * @throws Mp4Unreadable when the description contradicts itself. A codec we do not know is given as its four-character
 * code, so that the caller decides, not the parser.
 */
export function readSampleEntry(bytes: Buffer, stsd: Box, kind: 'video' | 'audio'): SampleEntry {
  const entry = childrenOf(bytes, stsd, 8)[0];
  if (!entry) throw new Mp4Unreadable('malformed');
  return kind === 'video' ? visualEntry(bytes, entry) : audioEntry(bytes, entry);
}

function visualEntry(bytes: Buffer, entry: Box): SampleEntry {
  const reader = new BoxReader(bytes, entry).skip(24);
  const width = reader.uint16();
  const height = reader.uint16();
  const size = { width, height };
  if (entry.type !== 'avc1' && entry.type !== 'avc3') return { codec: fourCharacterCode(entry), ...size };
  const avcC = childrenOf(bytes, entry, visualEntryBytes).find((box) => box.type === 'avcC');
  if (!avcC) throw new Mp4Unreadable('malformed');
  // AVCDecoderConfigurationRecord, ISO/IEC 14496-15 §5.3.3.1: version, profile, compatibility, level.
  const record = new BoxReader(bytes, avcC).skip(1);
  const profile = [record.uint8(), record.uint8(), record.uint8()].map(hexByte).join('');
  return { codec: `${entry.type}.${profile}`, ...size };
}

function audioEntry(bytes: Buffer, entry: Box): SampleEntry {
  // Lower case: hls.js and Chromium take `opus` in CODECS, not the box's own spelling.
  if (entry.type === 'Opus') return { codec: 'opus' };
  if (entry.type !== 'mp4a') return { codec: fourCharacterCode(entry) };
  const version = new BoxReader(bytes, entry).skip(8).uint16();
  const extraBytes = version === 1 ? 16 : version === 2 ? 36 : 0;
  const esds = childrenOf(bytes, entry, audioEntryBytes + extraBytes).find((box) => box.type === 'esds');
  if (!esds) throw new Mp4Unreadable('malformed');
  return { codec: codecFromEsds(bytes, esds) };
}

/** Elementary stream descriptor, ISO/IEC 14496-1 §7.2.6: ES (3) → DecoderConfig (4) → DecoderSpecificInfo (5). */
function codecFromEsds(bytes: Buffer, esds: Box): string {
  const reader = new BoxReader(bytes, esds).skip(4);
  expectDescriptor(reader, 3);
  const flags = reader.skip(2).uint8();
  if (flags & 0x80) reader.skip(2);
  if (flags & 0x40) reader.skip(reader.uint8());
  if (flags & 0x20) reader.skip(2);
  expectDescriptor(reader, 4);
  const objectType = reader.uint8();
  if (objectType !== 0x40) return `mp4a.${hexByte(objectType).toLowerCase()}`;
  reader.skip(12);
  expectDescriptor(reader, 5);
  // AudioSpecificConfig, ISO/IEC 14496-3 §1.6.2.1: five bits of object type, 31 escapes to six more.
  const first = reader.uint8();
  const short = first >>> 3;
  const audioObjectType = short === 31 ? 32 + (((first & 0b111) << 3) | (reader.uint8() >>> 5)) : short;
  return `mp4a.40.${audioObjectType}`;
}

/** Reads a descriptor's tag and its length of one to four bytes with a continuation bit; the length is not needed. */
function expectDescriptor(reader: BoxReader, tag: number): void {
  if (reader.uint8() !== tag) throw new Mp4Unreadable('malformed');
  for (let length = 0; length < 4; length += 1) {
    if ((reader.uint8() & 0x80) === 0) return;
  }
}

function fourCharacterCode(entry: Box): string {
  // It ends up in playlists and rows: only what RFC 6381 allows in an unquoted code.
  return entry.type.toLowerCase().replace(/[^a-z0-9]/g, '') || 'unknown';
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0').toUpperCase();
}
