/* Runs as a process of its own: node durable-tus-server.mjs <folder> <port> */
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';

/**
 * The file store with the promise our chunks have: what was answered survives a power cut. As little as that takes:
 * `fdatasync` of the file after each write, and of the file that describes an upload before its folder is `fsync`ed.
 */
class DurableFileStore extends FileStore {
  async create(upload) {
    const created = await super.create(upload);
    await sync(join(this.directory, `${upload.id}.json`), 'r+', (file) => file.datasync());
    await sync(this.directory, 'r', (folder) => folder.sync());
    return created;
  }

  async write(readable, id, offset) {
    const end = await super.write(readable, id, offset);
    await sync(join(this.directory, id), 'r+', (file) => file.datasync());
    return end;
  }
}

async function sync(path, flags, run) {
  const handle = await open(path, flags);
  try {
    await run(handle);
  } finally {
    await handle.close();
  }
}

const [folder, port] = process.argv.slice(2);
const directory = join(folder, 'tus');
mkdirSync(directory, { recursive: true });
const tus = new Server({ path: '/files', datastore: new DurableFileStore({ directory }) });
const server = createServer((request, response) => tus.handle(request, response));
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
