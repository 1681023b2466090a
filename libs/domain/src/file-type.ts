import type { FileType } from '@fairtake/contracts';

/** Enough of the beginning for every signature, and of the end for a ZIP's table of contents. Bytes. */
const [headBytes, tailBytes] = [4 * 1024, 1024 * 1024];

/** Content types to serve each type with: as an attachment, never to be sniffed. */
export const fileContentTypes: Record<FileType, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  png: 'image/png',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  text: 'text/plain; charset=utf-8',
  zip: 'application/zip',
};

/**
 * Tells what a file is by its bytes alone, fed piece by piece. Nothing is unpacked, so a bomb stays shut; a file must
 * begin and end as its type does, so one that is two things at once is refused as neither.
 */
export class FileTypeDetector {
  private head = new Uint8Array(0);
  private tail = new Uint8Array(0);
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });
  private isText = true;
  private sizeBytes = 0;

  /** The next bytes of the file, in order. Memory stays at about a MiB. */
  add(bytes: Uint8Array): void {
    this.sizeBytes += bytes.length;
    if (this.head.length < headBytes)
      this.head = joined(this.head, bytes.subarray(0, headBytes - this.head.length));
    this.tail =
      bytes.length >= tailBytes ? bytes.slice(-tailBytes) : joined(this.tail, bytes).slice(-tailBytes);
    if (this.isText) this.isText = this.readsAsText(bytes, true);
  }

  /** What the whole file is; null for anything that is not in the table. Call it once, at the end. */
  result(): FileType | null {
    const { head, tail } = this;
    if (startsWith(head, [0x25, 0x50, 0x44, 0x46, 0x2d]))
      return latin(tail.slice(-1024)).includes('%%EOF') ? 'pdf' : null;
    if (startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
      return latin(head.slice(12, 16)) === 'IHDR' && latin(tail.slice(-8, -4)) === 'IEND' ? 'png' : null;
    if (startsWith(head, [0xff, 0xd8, 0xff])) return endsAsJpeg(tail) ? 'jpeg' : null;
    if (latin(head.slice(0, 4)) === 'RIFF')
      return latin(head.slice(8, 12)) === 'WEBP' && this.sizeBytes === uint32(head, 4) + 8 ? 'webp' : null;
    if (startsWith(head, [0x50, 0x4b])) return zipKind(head, tail, this.sizeBytes);
    return this.isText && this.sizeBytes > 0 && this.readsAsText(new Uint8Array(0), false) ? 'text' : null;
  }

  /** Valid UTF-8 without control characters other than the ones that lay text out. */
  private readsAsText(bytes: Uint8Array, stream: boolean): boolean {
    try {
      return !/[^\P{Cc}\t\n\v\f\r]/u.test(this.decoder.decode(bytes, { stream }));
    } catch {
      return false;
    }
  }
}

/** The end of image, apart from padding some cameras write behind it. */
function endsAsJpeg(tail: Uint8Array): boolean {
  let end = tail.length;
  while (end > 2 && tail[end - 1] === 0) end -= 1;
  return tail[end - 2] === 0xff && tail[end - 1] === 0xd9;
}

/** Office documents are ZIP archives with certain members; with others it is an archive, and with macros nothing. */
function zipKind(head: Uint8Array, tail: Uint8Array, sizeBytes: number): FileType | null {
  const names = memberNames(tail, sizeBytes);
  if (!names) return null;
  if (latin(head.slice(30, 38)) === 'mimetype') {
    const declared = latin(head.slice(38, 38 + 80));
    return declared.startsWith(`${fileContentTypes.odt}PK`) ? 'odt' : null;
  }
  if (!names.has('[Content_Types].xml')) return 'zip';
  if ([...names].some((name) => name.toLowerCase().endsWith('vbaproject.bin'))) return null;
  if (names.has('word/document.xml')) return 'docx';
  if (names.has('xl/workbook.xml')) return 'xlsx';
  if (names.has('ppt/presentation.xml')) return 'pptx';
  return 'zip';
}

/**
 * Names in the table of contents at the end of an archive, read as they stand there. Null when there is none, when it
 * is larger than a MiB, or when the archive does not fill the file from its first byte to its last.
 */
function memberNames(tail: Uint8Array, sizeBytes: number): Set<string> | null {
  const endRecord = 22;
  for (let at = tail.length - endRecord; at >= 0 && at >= tail.length - endRecord - 0xffff; at -= 1) {
    if (uint32(tail, at) !== 0x06054b50 || at + endRecord + uint16(tail, at + 20) !== tail.length) continue;
    const [count, tableBytes, tableOffset] = [
      uint16(tail, at + 10),
      uint32(tail, at + 12),
      uint32(tail, at + 16),
    ];
    const table = at - tableBytes;
    // Bytes before the archive (another file in front of it) would move the table away from its stated place.
    if (table < 0 || tableOffset + tableBytes + (tail.length - at) !== sizeBytes) return null;
    return namesInTable(tail.subarray(table, at), count);
  }
  return null;
}

function namesInTable(table: Uint8Array, count: number): Set<string> | null {
  const names = new Set<string>();
  let at = 0;
  for (let member = 0; member < count; member += 1) {
    const fixed = 46;
    if (at + fixed > table.length || uint32(table, at) !== 0x02014b50) return null;
    const nameBytes = uint16(table, at + 28);
    names.add(latin(table.subarray(at + fixed, at + fixed + nameBytes)));
    at += fixed + nameBytes + uint16(table, at + 30) + uint16(table, at + 32);
  }
  return at === table.length ? names : null;
}

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, i) => bytes[i] === byte);
const uint16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);
const uint32 = (bytes: Uint8Array, at: number): number =>
  (uint16(bytes, at) | (uint16(bytes, at + 2) << 16)) >>> 0;

function latin(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
