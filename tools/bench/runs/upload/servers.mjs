import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from '../../../bootstrap/paths.mjs';
import { freePort } from '../../../services/ports.mjs';
import { until } from '../../../services/processes.mjs';

const SCRIPT = join(ROOT, 'tools', 'bench', 'runs', 'upload', 'peer-servers.mjs');
const S3 = { bucket: 'answers', region: 'us-east-1', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
/** s3rver answers before its file is complete. */
const FILE_TIMEOUT_MS = 5_000;

/** @tus/server with its file store and an S3-compatible server, in a process that can be killed and comes back. */
export async function startPeerServers(folder) {
  const ports = { tus: await freePort(), s3: await freePort() };
  let child = null;

  async function start() {
    const parameters = [SCRIPT, folder, String(ports.tus), String(ports.s3)];
    child = spawn(process.execPath, parameters, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    const ready = once(createInterface({ input: child.stdout }), 'line');
    const ended = once(child, 'exit').then(() => {
      throw new Error('The servers of the others did not start.');
    });
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
  }

  async function stop(signal = 'SIGTERM') {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    ports,
    s3: S3,
    start,
    stop,
    kill: () => stop('SIGKILL'),
    /** What the server holds under a key now; empty when nothing. */
    async held(server, key) {
      if (key === null) return Buffer.alloc(0);
      const path =
        server === 'tus' ? join(folder, 'tus', key) : join(folder, 's3', S3.bucket, `${key}._S3rver_object`);
      return readFile(path).catch(() => Buffer.alloc(0));
    },
    /** The same once it has all it said it has. */
    async heldAll(server, key, sizeBytes) {
      const whole = async () => (await this.held(server, key)).length >= sizeBytes;
      await until(whole, { timeoutMs: FILE_TIMEOUT_MS, everyMs: 50 });
      return this.held(server, key);
    },
  };
}

/** Process id of the api of an installation, from the record its start keeps. */
export function apiPid(folder) {
  const { parts } = JSON.parse(readFileSync(join(folder, 'data', 'run.json'), 'utf8'));
  return parts.find(({ name }) => name === 'api')?.pid ?? null;
}
