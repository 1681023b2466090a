import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';
import { shellFiles } from './src/service-worker/shell-files.ts';

/**
 * Writes the list of the candidate's files and a name for this build into the service worker. The worker is an entry
 * of its own (`sw.js`, no hash: browsers look for a new one under the old name).
 *
 * @param page name of the candidate's page in the bundle
 */
export function appShell(page: string): Plugin {
  return {
    name: 'app-shell',
    apply: 'build',
    generateBundle: {
      // After Vite has written the pages and given every file its last name.
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle).map((file) => ({
          fileName: file.fileName,
          text: file.type === 'chunk' ? file.code : textOf(file.fileName, file.source),
        }));
        const html = files.find(({ fileName }) => fileName === page);
        const entry = /src="\/(assets\/[^"]+\.js)"/.exec(html?.text ?? '')?.[1];
        const script = bundle['sw.js'];
        if (!html || !entry || script?.type !== 'chunk')
          this.error('The candidate page or its worker is missing');
        if (script.imports.length > 0 || script.dynamicImports.length > 0)
          this.error('The service worker must be one file');
        const kept = files.filter(({ fileName }) => fileName.startsWith('assets/') || fileName === page);
        const names = shellFiles(kept, page).filter((fileName) => fileName !== page);
        const build = createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
        const shell = { build, entry: `/${entry}`, files: names.map((name) => `/${name}`) };
        script.code = script.code.replaceAll('__SHELL__', JSON.stringify(shell));
      },
    },
  };
}

const textOf = (fileName: string, source: string | Uint8Array): string =>
  /\.(html|css|js)$/.test(fileName) ? Buffer.from(source).toString('utf8') : '';
