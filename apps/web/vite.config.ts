import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { appShell } from './app-shell-plugin.ts';
import { defaultClientConditions, defineConfig, type Connect, type Plugin } from 'vite';

const api = 'http://127.0.0.1:3000';
const page = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The API answers `/i` and `/i/*` with the candidate's page; the development server does the same. */
function candidatePages(): Plugin {
  const rewrite: Connect.NextHandleFunction = (request, _response, next) => {
    if (/^\/i(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/candidate.html';
    next();
  };
  return {
    name: 'candidate-pages',
    configureServer: (server) => void server.middlewares.use(rewrite),
    configurePreviewServer: (server) => void server.middlewares.use(rewrite),
  };
}

const proxy = { '/api': api, '/media': api };

export default defineConfig({
  root: page('.'),
  base: '/',
  plugins: [react(), candidatePages(), appShell('candidate.html')],
  resolve: {
    // Workspace libraries show their TypeScript to the bundler: no build step in between.
    conditions: ['source', ...defaultClientConditions],
  },
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    assetsDir: 'assets',
    // Both forbidden by the Content-Security-Policy: data: URLs and inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        staff: page('index.html'),
        candidate: page('candidate.html'),
        sw: page('src/service-worker/worker.ts'),
      },
      output: {
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
});
