import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { walkFiles } from './disk-walk';
import { toDiskStorageError } from './disk-errors';
import { DurableDirectories, syncDirectory } from './durable-directories';
import { ObjectNotFound, StorageFull, StorageUnavailable } from './errors';
import { assertFolderPrefix, assertStorageKey, assertStoragePrefix } from './keys';
import { collect, consumeBody } from './measured-body';
import { clipRange, refuseLargeRead } from './ranges';
import type {
  ByteRange,
  ListedObject,
  ObjectHead,
  PutOptions,
  PutResult,
  Storage,
  StorageHealth,
  StorageOptions,
  StoredObject,
} from './storage';

export interface DiskStorageConfig {
  /** Made when missing. Everything in it belongs to the storage. */
  directory: string;
  /** New objects are refused when fewer bytes are free (default 512 MiB); 0 switches the gate off. */
  reserveBytes?: number;
}

const DEFAULT_RESERVE_BYTES = 512 * 1024 * 1024;
// Starts with a dot, so no key can ever name it.
const TEMPORARY_FOLDER = '.tmp';
// Each round means that another process removed the empty folder between our mkdir and our rename.
const MAX_RENAME_ROUNDS = 3;

/**
 * Objects as files of one volume. A put is durable before it resolves, in this order and no other: temporary file
 * written, hash equal, fdatasync, rename, fsync of the folder. A failed fsync is reported, never repeated.
 */
export class DiskStorage implements Storage {
  readonly #directory: string;
  readonly #temporaryDirectory: string;
  readonly #reserveBytes: number;
  readonly #directories: DurableDirectories;
  readonly #failpoint: NonNullable<StorageOptions['failpoint']>;
  #syncFailure: unknown;

  constructor(config: DiskStorageConfig, options: StorageOptions = {}) {
    this.#directory = path.resolve(config.directory);
    this.#temporaryDirectory = path.join(this.#directory, TEMPORARY_FOLDER);
    this.#reserveBytes = config.reserveBytes ?? DEFAULT_RESERVE_BYTES;
    this.#directories = new DurableDirectories(this.#directory);
    this.#failpoint = options.failpoint ?? (() => undefined);
  }

  async put(key: string, body: Buffer | Readable, options: PutOptions = {}): Promise<PutResult> {
    assertStorageKey(key);
    const temporaryPath = path.join(this.#temporaryDirectory, randomUUID());
    try {
      if (!options.mayUseReserve) await this.#refuseBelowReserve(options.sizeBytes ?? 0);
      const result = await this.#writeTemporary(temporaryPath, body, options);
      await this.#publish(temporaryPath, this.#pathOf(key));
      return result;
    } catch (error) {
      // The first error is the one to report; a leftover is swept later.
      await fs.rm(temporaryPath, { force: true }).catch(() => undefined);
      throw toDiskStorageError(error, key);
    }
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject> {
    assertStorageKey(key);
    try {
      const handle = await fs.open(this.#pathOf(key), 'r');
      try {
        const stats = await handle.stat();
        if (!stats.isFile()) throw new ObjectNotFound(key);
        const { start, lengthBytes } = clipRange(range, stats.size);
        const stored = { sizeBytes: stats.size, start, lengthBytes, modifiedAt: stats.mtime };
        if (lengthBytes === 0) {
          await handle.close();
          return { ...stored, stream: Readable.from([]) };
        }
        return { ...stored, stream: handle.createReadStream({ start, end: start + lengthBytes - 1 }) };
      } catch (error) {
        await handle.close();
        throw error;
      }
    } catch (error) {
      throw toDiskStorageError(error, key);
    }
  }

  async read(key: string, options: { maxSizeBytes?: number } = {}): Promise<Buffer> {
    const stored = await this.get(key);
    refuseLargeRead(key, stored, options.maxSizeBytes);
    return collect(stored.stream).catch((error: unknown) => {
      throw toDiskStorageError(error, key);
    });
  }

  async head(key: string): Promise<ObjectHead | null> {
    assertStorageKey(key);
    try {
      const stats = await fs.stat(this.#pathOf(key));
      return stats.isFile() ? { sizeBytes: stats.size, modifiedAt: stats.mtime } : null;
    } catch (error) {
      const mapped = toDiskStorageError(error, key);
      if (mapped instanceof ObjectNotFound) return null;
      throw mapped;
    }
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    assertStoragePrefix(prefix);
    try {
      yield* walkFiles(this.#directory, prefix);
    } catch (error) {
      throw toDiskStorageError(error, prefix);
    }
  }

  async copy(fromKey: string, toKey: string): Promise<void> {
    const { stream, sizeBytes } = await this.get(fromKey);
    try {
      // A copy never belongs to a new recording, so it may finish inside the reserve.
      await this.put(toKey, stream, { sizeBytes, mayUseReserve: true });
    } finally {
      stream.destroy();
    }
  }

  async delete(key: string): Promise<void> {
    assertStorageKey(key);
    const filePath = this.#pathOf(key);
    const folder = path.dirname(filePath);
    try {
      await fs.unlink(filePath);
      // Erasure is a promise as well: the file must not come back after a power cut.
      await this.#synced(() => syncDirectory(folder));
      await this.#directories.prune(folder);
    } catch (error) {
      const mapped = toDiskStorageError(error, key);
      if (!(mapped instanceof ObjectNotFound)) throw mapped;
    }
  }

  async deletePrefix(prefix: string): Promise<number> {
    assertFolderPrefix(prefix);
    let removed = 0;
    for await (const { key } of this.list(prefix)) {
      await this.delete(key);
      removed += 1;
    }
    return removed;
  }

  async removeLeftovers(olderThanMs: number): Promise<number> {
    let removed = 0;
    try {
      await this.#directories.ensure(this.#temporaryDirectory);
      for (const name of await fs.readdir(this.#temporaryDirectory)) {
        const leftover = path.join(this.#temporaryDirectory, name);
        const stats = await fs.stat(leftover).catch(() => undefined);
        if (!stats || Date.now() - stats.mtimeMs < olderThanMs) continue;
        await fs.rm(leftover, { force: true });
        removed += 1;
      }
    } catch (error) {
      throw toDiskStorageError(error, TEMPORARY_FOLDER);
    }
    return removed;
  }

  async checkHealth(): Promise<StorageHealth> {
    const syncFailure = this.#syncFailure;
    this.#syncFailure = undefined;
    const probePath = path.join(this.#temporaryDirectory, randomUUID());
    try {
      await this.#writeTemporary(probePath, Buffer.from('probe'), {});
      const freeBytes = await this.#freeBytes();
      if (syncFailure === undefined) return { freeBytes, acceptsNewObjects: freeBytes >= this.#reserveBytes };
    } catch (error) {
      throw toDiskStorageError(error, TEMPORARY_FOLDER);
    } finally {
      await fs.rm(probePath, { force: true }).catch(() => undefined);
    }
    // A disk that fails now and then must be seen by the operator, even if it works at this moment.
    throw new StorageUnavailable('A sync to disk failed since the last check.', { cause: syncFailure });
  }

  close(): void {
    // Files are closed as they are used.
  }

  #pathOf(key: string): string {
    return path.join(this.#directory, key);
  }

  async #writeTemporary(
    temporaryPath: string,
    body: Buffer | Readable,
    options: PutOptions,
  ): Promise<PutResult> {
    const handle = await this.#openTemporary(temporaryPath);
    try {
      const result = await consumeBody(body, options, (piece) => handle.writeFile(piece));
      await this.#failpoint('storage.after_temp');
      await this.#synced(() => handle.datasync());
      await this.#failpoint('storage.after_sync');
      return result;
    } finally {
      await handle.close();
    }
  }

  async #openTemporary(temporaryPath: string): Promise<fs.FileHandle> {
    await this.#directories.ensure(this.#temporaryDirectory);
    try {
      return await fs.open(temporaryPath, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      this.#directories.forget(this.#temporaryDirectory);
      await this.#directories.ensure(this.#temporaryDirectory);
      return fs.open(temporaryPath, 'wx', 0o600);
    }
  }

  async #publish(temporaryPath: string, finalPath: string): Promise<void> {
    const folder = path.dirname(finalPath);
    for (let round = 1; ; round += 1) {
      try {
        await this.#synced(() => this.#directories.ensure(folder));
        await fs.rename(temporaryPath, finalPath);
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || round === MAX_RENAME_ROUNDS) throw error;
        this.#directories.forget(folder);
      }
    }
    await this.#failpoint('storage.after_rename');
    await this.#synced(() => syncDirectory(folder));
  }

  async #synced(sync: () => Promise<void>): Promise<void> {
    try {
      await sync();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EIO') this.#syncFailure = error;
      throw error;
    }
  }

  async #refuseBelowReserve(sizeBytes: number): Promise<void> {
    if (this.#reserveBytes === 0) return;
    await this.#directories.ensure(this.#directory);
    const freeBytes = await this.#freeBytes();
    if (freeBytes - sizeBytes >= this.#reserveBytes) return;
    throw new StorageFull(`${freeBytes} bytes are free, ${this.#reserveBytes} are kept in reserve.`);
  }

  async #freeBytes(): Promise<number> {
    const stats = await fs.statfs(this.#directory);
    return stats.bavail * stats.bsize;
  }
}
