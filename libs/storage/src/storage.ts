import type { Readable } from 'node:stream';

/** What a `put` needs to know about the bytes besides the bytes. */
export interface PutOptions {
  /** Lower-case hex SHA-256 the bytes must have; otherwise `DigestMismatch` and nothing is stored. */
  sha256?: string;
  /** Exact length the bytes must have; otherwise `SizeMismatch` and nothing is stored. */
  sizeBytes?: number;
  /** Kept by S3 for whoever looks into the bucket; the disk adapter ignores it (the API names the type itself). */
  contentType?: string;
  /**
   * Running recordings may finish inside the free-space reserve; everything else is refused with `StorageFull` once
   * the reserve is reached.
   */
  mayUseReserve?: boolean;
}

export interface PutResult {
  sizeBytes: number;
  /** Lower-case hex SHA-256 of what was stored. */
  sha256: string;
}

/** Byte positions, both inclusive as in HTTP. An `end` behind the object's last byte is clipped. */
export interface ByteRange {
  start: number;
  end?: number;
}

export interface StoredObject {
  /** The asked bytes. The caller must read it to its end or destroy it: an open file or socket hangs on it. */
  stream: Readable;
  /** Size of the whole object, whatever range was asked. */
  sizeBytes: number;
  /** First byte delivered. */
  start: number;
  /** How many bytes the stream delivers. */
  lengthBytes: number;
  modifiedAt: Date;
}

export interface ObjectHead {
  sizeBytes: number;
  modifiedAt: Date;
}

export interface ListedObject extends ObjectHead {
  key: string;
}

export interface StorageHealth {
  /** Free bytes of the volume; null where the store does not say (S3). */
  freeBytes: number | null;
  /** False once the free-space reserve is reached: refuse new recordings, let running ones finish. */
  acceptsNewObjects: boolean;
}

/**
 * The one port for bytes. Keys come from `storageKeys` and are opaque. No key may be another key plus `/…`: on disk it
 * would have to be a file and a folder at once.
 */
export interface Storage {
  /**
   * Stores the bytes under the key, atomically replacing what was there. When it resolves the bytes survive `kill -9`
   * and power loss; when it rejects an earlier object is whole and no partial object is visible. Putting the same bytes
   * again is harmless. A body stream is read, never destroyed.
   *
   * @throws DigestMismatch, SizeMismatch, StorageFull, StorageUnavailable, or the body stream's own error
   */
  put(key: string, body: Buffer | Readable, options?: PutOptions): Promise<PutResult>;

  /** @throws ObjectNotFound, RangeNotSatisfiable, StorageUnavailable */
  get(key: string, range?: ByteRange): Promise<StoredObject>;

  /**
   * The whole object in memory, for small ones.
   *
   * @param options.maxSizeBytes refuses larger objects with a RangeError (default 16 MiB)
   * @throws ObjectNotFound, StorageUnavailable
   */
  read(key: string, options?: { maxSizeBytes?: number }): Promise<Buffer>;

  /** Size and age, or null when nothing is stored under the key. */
  head(key: string): Promise<ObjectHead | null>;

  /** Every object whose key starts with the prefix (`''` for all), in no promised order, page by page. */
  list(prefix: string): AsyncIterable<ListedObject>;

  /** Copies within the store, as durable as `put`. @throws ObjectNotFound, StorageFull, StorageUnavailable */
  copy(fromKey: string, toKey: string): Promise<void>;

  /** Removes the object durably; a missing one is no error. */
  delete(key: string): Promise<void>;

  /** Removes every object below a folder (the prefix must end in `/`); returns how many there were. */
  deletePrefix(prefix: string): Promise<number>;

  /**
   * Removes what killed puts left behind and no key names (temporary files); returns how many.
   * `olderThanMs` must exceed the longest put, other processes may be writing.
   */
  removeLeftovers(olderThanMs: number): Promise<number>;

  /** Proves that the store works now, by a write or a request. @throws StorageUnavailable */
  checkHealth(): Promise<StorageHealth>;

  /** Closes connections. */
  close(): void;
}

/** Steps of a `put` at which a test may stop, throw, or kill the process. S3 has no `after_sync`. */
export type StorageFailpoint = 'storage.after_temp' | 'storage.after_sync' | 'storage.after_rename';

export interface StorageOptions {
  /** For kill tests only; what it throws fails the put as an operating-system error there would. */
  failpoint?: (name: StorageFailpoint) => void | Promise<void>;
}
