import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository: every tool works from here, whatever directory it was called from. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
