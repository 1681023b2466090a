import {
  createStorage,
  DigestMismatch,
  InvalidStorageKey,
  StorageFull,
  StorageUnavailable,
  type StorageFailpoint,
} from '@fairtake/storage';
import { makeTemporaryDirectory, type TemporaryDirectory } from '@fairtake/testing';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const KEY = 'org/one/takes/two/s0/c0';
const FAILPOINTS: StorageFailpoint[] = ['storage.after_temp', 'storage.after_sync', 'storage.after_rename'];
const body = Buffer.from('the bytes of a chunk');

let workspace: TemporaryDirectory;
let directory: string;

beforeEach(async () => {
  workspace = await makeTemporaryDirectory({ name: 'disk' });
  directory = path.join(workspace.path, 'bytes');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await workspace.remove();
});

const disk = (options?: Parameters<typeof createStorage>[1], reserveBytes = 0) =>
  createStorage({ kind: 'disk', directory, reserveBytes }, options);
const temporaryFiles = () => fs.readdir(path.join(directory, '.tmp'));
const failure = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

/** Node's own file handle, through which the operating system is watched and made to fail. */
async function fileHandlePrototype(): Promise<fs.FileHandle> {
  const handle = await fs.open(workspace.path, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as fs.FileHandle;
}

describe('the order of a put on disk', () => {
  it('is write, fdatasync, rename, fsync of the folder', async () => {
    const prototype = await fileHandlePrototype();
    const storage = disk();
    await storage.put('org/one/takes/two/s0/c1', body);

    const calls: string[] = [];
    const watch = <T extends object>(target: T, method: keyof T & string) => {
      const original = target[method] as (...args: unknown[]) => unknown;
      jest.spyOn(target, method as never).mockImplementation(function (this: unknown, ...args: unknown[]) {
        calls.push(method);
        return original.apply(this, args);
      } as never);
    };
    for (const method of ['writeFile', 'datasync', 'sync'] as const) watch(prototype, method);
    watch(fs as { rename: unknown }, 'rename');
    await storage.put(KEY, body);
    expect(calls).toEqual(['writeFile', 'datasync', 'rename', 'sync']);
  });

  it('makes new folders durable from the top, once', async () => {
    const prototype = await fileHandlePrototype();
    const sync = jest.spyOn(prototype, 'sync');
    const storage = disk();
    await storage.put('a/b/c', body);
    // Its own parent for the root, the root for .tmp and a, a for b; then b for the file.
    expect(sync).toHaveBeenCalledTimes(5);
    sync.mockClear();
    await storage.put('a/b/d', body);
    expect(sync).toHaveBeenCalledTimes(1);
  });

  it('shows the object only after the rename', async () => {
    const seen: [string, boolean, number][] = [];
    const storage = disk({
      failpoint: async (name) => {
        seen.push([name, (await disk().head(KEY)) !== null, (await temporaryFiles()).length]);
      },
    });
    await storage.put(KEY, body);
    expect(seen).toEqual([
      ['storage.after_temp', false, 1],
      ['storage.after_sync', false, 1],
      ['storage.after_rename', true, 0],
    ]);
  });

  it('never gets to the sync with a wrong hash', async () => {
    const reached = jest.fn();
    const put = disk({ failpoint: reached }).put(KEY, body, { sha256: 'f'.repeat(64) });
    await expect(put).rejects.toBeInstanceOf(DigestMismatch);
    expect(reached).not.toHaveBeenCalled();
  });
});

describe('a disk that fails', () => {
  it('a failed fdatasync is not tried again, removes the file and turns health red until the next look', async () => {
    const prototype = await fileHandlePrototype();
    const datasync = jest.spyOn(prototype, 'datasync').mockRejectedValueOnce(failure('EIO'));
    const storage = disk();
    await expect(storage.put(KEY, body)).rejects.toMatchObject({
      code: 'storage_unavailable',
      cause: { code: 'EIO' },
    });
    expect(datasync).toHaveBeenCalledTimes(1);
    expect(await temporaryFiles()).toEqual([]);
    expect(await storage.head(KEY)).toBeNull();
    await expect(storage.checkHealth()).rejects.toBeInstanceOf(StorageUnavailable);
    expect(await storage.checkHealth()).toMatchObject({ acceptsNewObjects: true });

    await storage.put(KEY, body);
    expect(await storage.read(KEY)).toEqual(body);
  });

  it('a failed fsync of the folder is no success, and does not take away an object that was acknowledged', async () => {
    const storage = disk();
    await storage.put(KEY, body);
    const prototype = await fileHandlePrototype();
    const sync = jest.spyOn(prototype, 'sync').mockRejectedValueOnce(failure('EIO'));
    await expect(storage.put(KEY, body)).rejects.toBeInstanceOf(StorageUnavailable);
    expect(sync).toHaveBeenCalledTimes(1);
    expect(await storage.read(KEY)).toEqual(body);
  });

  it('a folder whose entry could not be synced is made anew', async () => {
    const storage = disk();
    await storage.put('a/first', body);
    const prototype = await fileHandlePrototype();
    jest.spyOn(prototype, 'sync').mockRejectedValueOnce(failure('EIO'));
    await expect(storage.put('a/new/b', body)).rejects.toBeInstanceOf(StorageUnavailable);
    await expect(fs.stat(path.join(directory, 'a/new'))).rejects.toMatchObject({ code: 'ENOENT' });
    await storage.put('a/new/b', body);
    expect(await storage.read('a/new/b')).toEqual(body);
  });

  it('that is full says so and keeps nothing', async () => {
    const prototype = await fileHandlePrototype();
    jest.spyOn(prototype, 'writeFile').mockRejectedValueOnce(failure('ENOSPC'));
    const storage = disk();
    await expect(storage.put(KEY, body)).rejects.toBeInstanceOf(StorageFull);
    expect(await temporaryFiles()).toEqual([]);
    await storage.put(KEY, body);
  });

  it('is found by the health check', async () => {
    const prototype = await fileHandlePrototype();
    jest.spyOn(prototype, 'writeFile').mockRejectedValueOnce(failure('EROFS'));
    await expect(disk().checkHealth()).rejects.toBeInstanceOf(StorageUnavailable);
  });
});

describe('the free-space reserve', () => {
  const everything = 2 ** 60;

  it('refuses new objects before a byte is written, and lets running recordings finish', async () => {
    const storage = disk(undefined, everything);
    await expect(storage.put(KEY, body)).rejects.toBeInstanceOf(StorageFull);
    expect(await storage.checkHealth()).toMatchObject({ acceptsNewObjects: false });
    await storage.put(KEY, body, { mayUseReserve: true });
    await storage.copy(KEY, 'org/one/copy');
    expect(await storage.read('org/one/copy')).toEqual(body);
  });

  it('counts the announced size', async () => {
    const { freeBytes } = await disk().checkHealth();
    const storage = disk(undefined, Math.floor((freeBytes ?? 0) / 2));
    await storage.put(KEY, body, { sizeBytes: body.length });
    await expect(storage.put(KEY, body, { sizeBytes: freeBytes ?? 0 })).rejects.toBeInstanceOf(StorageFull);
  });
});

describe('files and folders', () => {
  it('are readable by their owner only', async () => {
    await disk().put(KEY, body);
    const modeOf = async (name: string) => (await fs.stat(path.join(directory, name))).mode & 0o777;
    expect(await modeOf(KEY)).toBe(0o600);
    for (const folder of ['', '.tmp', 'org', path.dirname(KEY)]) expect(await modeOf(folder)).toBe(0o700);
  });

  it('no folder is left when its last object goes, and another process may go on writing there', async () => {
    const [one, other] = [disk(), disk()];
    await one.put(KEY, body);
    await other.put('org/one/takes/two/s0/c1', body);
    expect(await one.deletePrefix('org/one/')).toBe(2);
    expect(await fs.readdir(directory)).toEqual(['.tmp']);
    await other.put(KEY, body);
    expect(await one.read(KEY)).toEqual(body);
  });

  it('a key inside another key is refused by name', async () => {
    const storage = disk();
    await storage.put('a/b', body);
    await expect(storage.put('a/b/c', body)).rejects.toBeInstanceOf(InvalidStorageKey);
    await expect(storage.put('a', body)).rejects.toBeInstanceOf(InvalidStorageKey);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('a deletion is made durable before it counts', async () => {
    const storage = disk();
    await storage.put(KEY, body);
    const prototype = await fileHandlePrototype();
    jest.spyOn(prototype, 'sync').mockRejectedValueOnce(failure('EIO'));
    await expect(storage.delete(KEY)).rejects.toBeInstanceOf(StorageUnavailable);
    await storage.put(KEY, body);
    await storage.delete(KEY);
    expect(await storage.head(KEY)).toBeNull();
  });

  it('temporary files are in no list', async () => {
    const storage = disk();
    await storage.put(KEY, body);
    await fs.writeFile(path.join(directory, '.tmp/unfinished'), 'x');
    const keys: string[] = [];
    for await (const { key } of storage.list('')) keys.push(key);
    expect(keys).toEqual([KEY]);
  });

  it('sweeping removes old temporary files only', async () => {
    const storage = disk();
    await storage.put(KEY, body);
    await fs.writeFile(path.join(directory, '.tmp/old'), 'x');
    await fs.utimes(path.join(directory, '.tmp/old'), 1, 1);
    await fs.writeFile(path.join(directory, '.tmp/new'), 'x');
    expect(await storage.removeLeftovers(60_000)).toBe(1);
    expect(await temporaryFiles()).toEqual(['new']);
  });
});

describe('kill -9 in the middle of a put', () => {
  let compiled: string;

  // The child is a process of its own, so the sources are compiled for it on the fly.
  beforeEach(async () => {
    const { transformFile } = await import('@swc/core');
    compiled = path.join(workspace.path, 'compiled');
    await fs.mkdir(compiled);
    const sources = path.join(__dirname, '../src');
    for (const name of await fs.readdir(sources)) {
      if (name.includes('s3') || name.includes('.spec.') || !name.endsWith('.ts')) continue;
      const { code } = await transformFile(path.join(sources, name), {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs' },
      });
      await fs.writeFile(path.join(compiled, name.replace('.ts', '.js')), code);
    }
  });

  const program = `
    const [, modules, directory, key, wanted] = process.argv;
    const { DiskStorage } = require(modules + '/disk-storage.js');
    const failpoint = (name) => { if (name === wanted) process.kill(process.pid, 'SIGKILL'); };
    new DiskStorage({ directory, reserveBytes: 0 }, { failpoint }).put(key, Buffer.from('the new version'));`;

  it.each(FAILPOINTS)('at %s leaves the old object or the new one, never a part', async (failpoint) => {
    const storage = disk();
    await storage.put(KEY, body);
    const child = promisify(execFile)(process.execPath, ['-e', program, compiled, directory, KEY, failpoint]);
    await expect(child).rejects.toMatchObject({ signal: 'SIGKILL' });

    const renamed = failpoint === 'storage.after_rename';
    expect((await storage.read(KEY)).toString()).toBe(renamed ? 'the new version' : body.toString());
    expect(await temporaryFiles()).toHaveLength(renamed ? 0 : 1);
    expect(await storage.removeLeftovers(0)).toBe(renamed ? 0 : 1);
    expect(await temporaryFiles()).toEqual([]);
    await storage.put(KEY, Buffer.from('resent'));
    expect((await storage.read(KEY)).toString()).toBe('resent');
  });
});
