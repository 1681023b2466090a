import { createHash } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';

const ROUND_MS = 2_000;

/** What the disk gives one writer that does nothing else: hash, write, fdatasync, rename, fsync of the folder. */
export async function durableWritesPerSecond(folder, sizeBytes) {
  const body = Buffer.alloc(sizeBytes, 'fairtake ');
  const directory = await open(folder, 'r');
  const startMs = performance.now();
  let writes = 0;
  while (performance.now() - startMs < ROUND_MS) {
    createHash('sha256').update(body).digest();
    const path = join(folder, `calibration-${writes % 16}`);
    const file = await open(`${path}.new`, 'w');
    await file.writeFile(body);
    await file.datasync();
    await file.close();
    await rename(`${path}.new`, path);
    await directory.sync();
    writes++;
  }
  await directory.close();
  return Math.round((writes * 1_000) / (performance.now() - startMs));
}
