import { open, type FileHandle } from 'node:fs/promises';
import { boxHeaderMaxBytes, Mp4Unreadable, readBoxHeader } from './boxes';
import { FragmentList } from './fragment-list';
import type { Mp4Index } from './index-chunk';

/** `moov` and `moof` are kilobytes; anything near this is not a recording. */
const maxBodyBytes = 16 * 1024 * 1024;
const maxTopLevelBoxes = 300_000;

/**
 * Indexes a fragmented MP4 file. Reads box headers, `moov` and `moof` only: memory does not grow with the media.
 *
 * @returns like `indexChunk` of the first chunk, offsets from the start of the file.
 * @throws the file system's error when the file cannot be read.
 */
export async function indexFile(path: string): Promise<Mp4Index> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const list = new FragmentList([]);
    await readTopLevel(file, size, list);
    list.finish();
    if (!list.init) return { ok: false, reason: 'missing_init' };
    return { ok: true, init: list.init, fragments: list.fragments };
  } catch (error) {
    if (error instanceof Mp4Unreadable) return { ok: false, reason: error.reason };
    throw error;
  } finally {
    await file.close();
  }
}

async function readTopLevel(file: FileHandle, fileBytes: number, list: FragmentList): Promise<void> {
  let at = 0;
  for (let count = 0; at < fileBytes; count += 1) {
    if (count >= maxTopLevelBoxes) throw new Mp4Unreadable('too_complex');
    const head = await readAt(file, at, Math.min(boxHeaderMaxBytes, fileBytes - at));
    if (at === 0 && head.toString('latin1', 4, 8) !== 'ftyp') throw new Mp4Unreadable('not_fragmented_mp4');
    const header = readBoxHeader(head, 0, head.length);
    if (!header || header.sizeBytes > fileBytes - at) throw new Mp4Unreadable('not_whole_fragments');
    const { type, headerBytes, sizeBytes } = header;
    const withBody = FragmentList.needsBody(type);
    if (withBody && sizeBytes > maxBodyBytes) throw new Mp4Unreadable('too_complex');
    const bytes = withBody ? await readAt(file, at, sizeBytes) : head;
    list.add(bytes, { type, start: 0, bodyStart: headerBytes, end: sizeBytes }, at);
    at += sizeBytes;
  }
}

async function readAt(file: FileHandle, position: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.alloc(sizeBytes);
  let filled = 0;
  while (filled < sizeBytes) {
    const { bytesRead } = await file.read(bytes, filled, sizeBytes - filled, position + filled);
    if (bytesRead === 0) throw new Mp4Unreadable('not_whole_fragments');
    filled += bytesRead;
  }
  return bytes;
}
