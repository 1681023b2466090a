import fs from 'node:fs/promises';
import path from 'node:path';
import type { ListedObject } from './storage';

/** Every object file whose key starts with the prefix. Files and folders that vanish meanwhile are passed over. */
export async function* walkFiles(root: string, prefix: string): AsyncGenerator<ListedObject> {
  const lastSlash = prefix.lastIndexOf('/');
  yield* walkFolder(root, prefix.slice(0, lastSlash + 1), prefix);
}

async function* walkFolder(root: string, folder: string, prefix: string): AsyncGenerator<ListedObject> {
  for (const entry of await entriesOf(path.join(root, folder))) {
    const key = folder + entry.name;
    // Keys never start with a dot: that is where temporary files live.
    if (entry.name.startsWith('.') || !key.startsWith(prefix)) continue;
    if (entry.isDirectory()) {
      yield* walkFolder(root, `${key}/`, prefix);
    } else if (entry.isFile()) {
      const stats = await fs.stat(path.join(root, key)).catch(ignoreMissing);
      if (stats) yield { key, sizeBytes: stats.size, modifiedAt: stats.mtime };
    }
  }
}

async function entriesOf(directory: string) {
  return (await fs.readdir(directory, { withFileTypes: true }).catch(ignoreMissing)) ?? [];
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}
