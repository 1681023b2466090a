import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../../bootstrap/paths.mjs';

const PAGES = join(ROOT, 'tools', 'bench', 'runs', 'upload', 'page');

/** The clients as scripts for a page, by server: ours from its sources, the others as they were published. */
export async function buildPageScripts() {
  // The bundler sets it for the whole process, and whatever is started later would take this for a production host:
  // npm would leave out what building needs.
  const { NODE_ENV } = process.env;
  try {
    return await build();
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}

async function build() {
  // The bundler is a dependency of the pages.
  const vite = createRequire(join(ROOT, 'apps', 'web', 'package.json')).resolve('vite');
  const bundler = await import(pathToFileURL(vite).href);
  const scripts = new Map();
  for (const [server, entry] of [
    ['ours', 'ours.mjs'],
    ['tus', 'tus.mjs'],
    ['s3', 'uppy.mjs'],
    ['adaptive', 'adaptive.mjs'],
  ]) {
    const [{ output }] = await bundler.build({
      configFile: false,
      logLevel: 'error',
      root: PAGES,
      resolve: { conditions: ['source', 'module', 'browser', 'production'] },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        write: false,
        minify: false,
        lib: { entry: join(PAGES, entry), formats: ['iife'], name: 'benchPage' },
      },
    });
    scripts.set(server, output[0].code);
  }
  return scripts;
}
