import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { consumeBody } from './measured-body';
import type { PutOptions, PutResult } from './storage';

// Eight largest chunks; above that memory would grow with the number of concurrent puts.
const MAX_MEMORY_BYTES = 8 * 1024 * 1024;
const SPOOL_PREFIX = 'fairtake-put-';

/** A body whose size and hash are known before its first byte is sent. `dispose` removes its temporary file. */
export interface SpooledBody extends PutResult {
  /** A fresh body for each call. */
  open(): Buffer | Readable;
  dispose(): Promise<void>;
}

/**
 * Takes the whole body in, in memory up to 8 MiB and in a private temporary file above. S3 wants the length and the
 * checksum first, and a body that is wrong must not replace a good object.
 *
 * @throws DigestMismatch, SizeMismatch, BodyFailure, errors of the temporary file
 */
export async function spoolBody(
  body: Buffer | Readable,
  expected: Pick<PutOptions, 'sha256' | 'sizeBytes'>,
): Promise<SpooledBody> {
  let parts: Buffer[] = [];
  let heldBytes = 0;
  let file: { path: string; handle: fs.FileHandle } | undefined;
  const dispose = async (): Promise<void> => {
    if (!file) return;
    await file.handle.close().catch(() => undefined);
    await fs.rm(file.path, { force: true });
  };
  try {
    const result = await consumeBody(body, expected, async (piece) => {
      if (!file && heldBytes + piece.length > MAX_MEMORY_BYTES && !Buffer.isBuffer(body)) {
        file = await openTemporary();
        for (const part of parts) await file.handle.writeFile(part);
        parts = [];
      }
      if (file) return file.handle.writeFile(piece);
      parts.push(piece);
      heldBytes += piece.length;
    });
    const spoolPath = file?.path;
    const bytes = Buffer.concat(parts);
    return { ...result, open: () => (spoolPath ? createReadStream(spoolPath) : bytes), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function openTemporary(): Promise<{ path: string; handle: fs.FileHandle }> {
  const spoolPath = path.join(os.tmpdir(), `${SPOOL_PREFIX}${randomUUID()}`);
  return { path: spoolPath, handle: await fs.open(spoolPath, 'wx', 0o600) };
}

/** Removes temporary files that killed processes of this machine left. @returns how many */
export async function removeAbandonedSpools(olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const name of await fs.readdir(os.tmpdir())) {
    if (!name.startsWith(SPOOL_PREFIX)) continue;
    const spoolPath = path.join(os.tmpdir(), name);
    const stats = await fs.stat(spoolPath).catch(() => undefined);
    if (!stats || Date.now() - stats.mtimeMs < olderThanMs) continue;
    await fs.rm(spoolPath, { force: true });
    removed += 1;
  }
  return removed;
}
