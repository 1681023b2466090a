import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap/paths.mjs';

const SKIPPED = new Set(['node_modules', 'dist', 'test', '.cache']);

/** SHA-256 over names and contents of all files in the given folders and files, without tests and outputs. */
export function hashOfInputs(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesIn)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

function filesIn(path) {
  const found = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return /\.spec\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(join(ROOT, path))
    .filter((name) => !SKIPPED.has(name))
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}
