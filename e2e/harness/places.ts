import fs from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '..', '..');

/** Pictures and logs of the last run, for looking at; not under version control. */
export const SCREENS = path.join(ROOT, 'e2e', 'screens');

/** A compiled entry of an app. `npm test` builds before the journeys; by hand: `node tools/build.mjs`. */
export function builtFile(...parts: string[]): string {
  const file = path.join(ROOT, ...parts);
  if (!fs.existsSync(file)) throw new Error(`${file} is missing: run \`node tools/build.mjs\` first.`);
  return file;
}
