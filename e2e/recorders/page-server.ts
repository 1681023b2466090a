import { transform } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { ROOT } from '../harness/places';

/** What the recorders import by name, as a browser finds it. */
const imports = {
  '@fairtake/capture/recording': '/libs/capture/src/recording/index.ts',
  '@fairtake/contracts/limits': '/libs/contracts/src/limits.ts',
  mediabunny: '/node_modules/mediabunny/dist/bundles/mediabunny.mjs',
};

const html = `<!doctype html><meta charset="utf-8"><title>Recorders</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="/e2e/recorders/page.ts"></script>`;

/** The sources as they are, each file compiled by itself: recorders alone in a page, without the product around them. */
export class PageServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PageServer> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      read(pathname).then(
        ({ type, body }) => response.writeHead(200, { 'Content-Type': type }).end(body),
        (error: unknown) => response.writeHead(404).end(String(error)),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function read(pathname: string): Promise<{ type: string; body: string }> {
  if (pathname === '/') return { type: 'text/html', body: html };
  const asked = path.join(ROOT, path.normalize(pathname));
  const file = [asked, `${asked}.ts`, asked.replace(/\.js$/, '.ts')].find(
    (each) => existsSync(each) && /\.m?[jt]s$/.test(each),
  );
  if (!file) throw new Error(`No such file: ${pathname}`);
  const source = readFileSync(file, 'utf8');
  if (!file.endsWith('.ts')) return { type: 'text/javascript', body: source };
  const { code } = await transform(source, {
    filename: file,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'es6' },
    configFile: false,
    swcrc: false,
  });
  return { type: 'text/javascript', body: code };
}
