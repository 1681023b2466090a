import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../bootstrap/paths.mjs';
import { StopReason } from '../../bootstrap/stop-reason.mjs';
import { build } from '../../build/build.mjs';

const DIST = join(ROOT, 'apps', 'web', 'dist');
const KILOBYTE = 1000;

/**
 * What a first visit loads, gzip: everything the page's entry imports statically, from Vite's manifest.
 * Staff stops before the player: hls.js comes by dynamic import, so it is not part of the first load.
 */
export function run() {
  build();
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));
  const candidate = firstLoad(manifest, 'candidate.html');
  const staff = firstLoad(manifest, 'index.html');
  return {
    conditions: {
      compression: 'gzip level 9',
      candidateFiles: candidate.files.length,
      staffFiles: staff.files.length,
    },
    figures: [
      { name: 'candidate JS', value: candidate.js, unit: 'KB', target: { most: 130 } },
      { name: 'candidate CSS', value: candidate.css, unit: 'KB', target: { most: 15 } },
      { name: 'candidate web fonts', value: candidate.fonts, unit: 'files', target: { most: 0 } },
      { name: 'staff JS before the player', value: staff.js, unit: 'KB', target: { most: 350 } },
      { name: 'staff CSS', value: staff.css, unit: 'KB' },
    ],
  };
}

function firstLoad(manifest, entry) {
  if (!manifest[entry]) throw new StopReason(`The web build has no entry ${entry}.`);
  const files = new Set(
    reachable(manifest, entry).flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]),
  );
  // Scripts and styles a page names itself, and does not import, load as well.
  for (const name of namedByPage(entry)) files.add(name);
  const ending = (...endings) => [...files].filter((file) => endings.some((word) => file.endsWith(word)));
  return {
    files: [...files],
    js: gzipped(ending('.js')),
    css: gzipped(ending('.css')),
    fonts: countFonts(ending('.css')),
  };
}

function reachable(manifest, start) {
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  visit(start);
  return [...seen].map((key) => manifest[key]);
}

function namedByPage(entry) {
  const page = join(DIST, entry);
  if (!existsSync(page)) return [];
  const names = [...readFileSync(page, 'utf8').matchAll(/(?:src|href)="\/?([^"]+\.(?:js|css))"/g)];
  return names.map(([, name]) => name).filter((name) => existsSync(join(DIST, name)));
}

function countFonts(styles) {
  return styles.reduce(
    (sum, file) => sum + (readFileSync(join(DIST, file), 'utf8').match(/@font-face/g) ?? []).length,
    0,
  );
}

function gzipped(files) {
  const sizeBytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length,
    0,
  );
  return Math.round(sizeBytes / (KILOBYTE / 10)) / 10;
}
