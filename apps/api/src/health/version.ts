import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The released version, from this application's package. Compiled code and tests both sit two folders below it. */
export const version: string = (
  JSON.parse(readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }
).version;
