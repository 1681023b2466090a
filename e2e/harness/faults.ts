import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type { System } from './system';

/** Empties Redis under the feet of everybody who uses it. */
export async function flushRedis({ redis }: System): Promise<void> {
  const { hostname, port } = new URL(redis.url);
  const socket = net.connect(Number(port), hostname);
  socket.end('FLUSHALL\r\n');
  const [reply] = (await once(socket, 'data')) as [Buffer];
  if (reply.toString() !== '+OK\r\n') throw new Error(`Redis was not flushed: ${reply.toString()}`);
}

/** Files of workers at work that have bytes in them, by name. */
export async function filesAtWork({ workDirectory }: System): Promise<string[]> {
  const found = await fs.readdir(workDirectory, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map((file) => fs.stat(path.join(file.parentPath, file.name)).then((stats) => stats.size)),
  );
  return files.filter((_file, index) => sizes[index]! > 0).map((file) => file.name);
}
