import { open } from 'node:fs/promises';
import { InfrastructureError, MediaRejected } from './errors';

/** The two containers browsers record. */
export type Container = 'mp4' | 'webm';

/** Enough for the box type of an MP4 and the document type of a WebM, which stands in its first element. */
export const sniffBytes = 64;

/** ISO/IEC 14496-12 §4.3: a file begins with `ftyp` (or, cut from a stream, `styp`). */
const mp4FirstBoxes = new Set(['ftyp', 'styp']);

/**
 * Names a container by its first bytes. Pure. A name or a declared type is never asked: a text file named `.webm`
 * makes ffmpeg open the files it lists.
 *
 * @param bytes the first `sniffBytes` bytes, or fewer when there are no more.
 */
export function sniffContainer(bytes: Uint8Array): Container | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, sniffBytes));
  if (mp4FirstBoxes.has(head.toString('latin1', 4, 8))) return 'mp4';
  // RFC 8794 §11.2.1: EBML header; RFC 9559 §27.2: document type `webm` or `matroska` (Chromium with H.264).
  const isEbml = head.length >= 4 && head.readUInt32BE(0) === 0x1a45dfa3;
  return isEbml && /webm|matroska/.test(head.toString('latin1')) ? 'webm' : null;
}

/**
 * Refuses a file whose first bytes are not the container it is said to be.
 *
 * @throws MediaRejected `empty`, `unknown_container` or `container_mismatch`; InfrastructureError when it cannot be read.
 */
export async function assertContainer(path: string, expected: Container): Promise<void> {
  const head = await readHead(path);
  if (head.length === 0) throw new MediaRejected('empty');
  const found = sniffContainer(head);
  if (!found) throw new MediaRejected('unknown_container');
  if (found !== expected) throw new MediaRejected('container_mismatch');
}

async function readHead(path: string): Promise<Buffer> {
  try {
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(sniffBytes);
      const { bytesRead } = await file.read(head, 0, sniffBytes, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new InfrastructureError('The input file cannot be read', '', { cause });
  }
}
