/* Runs as a process of its own, so that it can be killed: node peer-servers.mjs <folder> <tus port> <s3 port> */
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../../bootstrap/paths.mjs';

const [folder, tusPort, s3Port] = process.argv.slice(2);
const S3rver = createRequire(join(ROOT, 'libs', 'testing', 'package.json'))('s3rver');

/** The page that holds a client: of the same origin as the server, so that nobody needs leave to ask. */
function listen(port, handle) {
  const server = createServer((request, response) => {
    if (request.url === '/blank') response.setHeader('Content-Type', 'text/html').end('<!doctype html>');
    else handle(request, response);
  });
  return new Promise((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
}

const directory = join(folder, 'tus');
mkdirSync(directory, { recursive: true });
const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) });
await listen(tusPort, (request, response) => tus.handle(request, response));

const s3 = new S3rver({
  directory: join(folder, 's3'),
  silent: true,
  vhostBuckets: false,
  configureBuckets: [{ name: 'answers' }],
});
await s3.configureBuckets();
await listen(s3Port, s3.callback());

console.log('ready');
