import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Readable } from 'node:stream';
import { ObjectNotFound, RangeNotSatisfiable, StorageUnavailable } from './errors';
import { assertFolderPrefix, assertStorageKey, assertStoragePrefix } from './keys';
import { collect } from './measured-body';
import { assertRange, refuseLargeRead } from './ranges';
import { toS3StorageError } from './s3-errors';
import { removeAbandonedSpools, spoolBody } from './spooled-body';
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

export interface S3StorageConfig {
  /** Base URL of an S3-compatible server; omit for AWS. */
  endpoint?: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; most self-hosted servers need it. */
  forcePathStyle?: boolean;
  /** How long one try may take until the reply's headers, besides the time for the body (default 6,000). */
  requestTimeoutMs?: number;
}

const DEFAULT_REQUEST_TIMEOUT_MS = 6_000;
const CONNECTION_TIMEOUT_MS = 2_000;
// Three tries of 6 s and their back-off last some 20 s: then a chunk's PUT answers 503 and the recorder tries again.
const MAX_TRIES = 3;
// A store slower than this is taken for broken.
const SLOWEST_BYTES_PER_MS = 256;
// A reader may pause (back-pressure of a slow download); a store that is silent for longer is taken for gone.
const IDLE_SOCKET_TIMEOUT_MS = 60_000;
// Every reader holds a socket while it streams: 50 players and 50 recorders at once, twice over.
const MAX_SOCKETS = 200;
const CONCURRENT_DELETES = 8;

/** Objects of one private bucket. The server verifies the SHA-256 that is sent along, and so do we before sending. */
export class S3Storage implements Storage {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #requestTimeoutMs: number;
  readonly #failpoint: NonNullable<StorageOptions['failpoint']>;

  constructor(config: S3StorageConfig, options: StorageOptions = {}) {
    this.#bucket = config.bucket;
    this.#requestTimeoutMs = config.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS;
    this.#failpoint = options.failpoint ?? (() => undefined);
    this.#client = new S3Client({
      endpoint: config.endpoint,
      region: config.region,
      credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      forcePathStyle: config.forcePathStyle ?? false,
      maxAttempts: MAX_TRIES,
      // Since 3.729 the SDK otherwise sends trailing checksums that several S3-compatible servers do not understand.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      requestHandler: {
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: this.#requestTimeoutMs,
        throwOnRequestTimeout: true,
        socketTimeout: IDLE_SOCKET_TIMEOUT_MS,
        httpAgent: { maxSockets: MAX_SOCKETS },
        httpsAgent: { maxSockets: MAX_SOCKETS },
      },
    });
  }

  async put(key: string, body: Buffer | Readable, options: PutOptions = {}): Promise<PutResult> {
    assertStorageKey(key);
    try {
      const spooled = await spoolBody(body, options);
      try {
        await this.#failpoint('storage.after_temp');
        const { sizeBytes, sha256 } = spooled;
        const command = new PutObjectCommand({
          Bucket: this.#bucket,
          Key: key,
          Body: spooled.open(),
          ContentLength: sizeBytes,
          ContentType: options.contentType,
          ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
        });
        const requestTimeout = this.#requestTimeoutMs + Math.ceil(sizeBytes / SLOWEST_BYTES_PER_MS);
        await this.#client.send(command, { requestTimeout });
        await this.#failpoint('storage.after_rename');
        return { sizeBytes, sha256 };
      } finally {
        await spooled.dispose();
      }
    } catch (error) {
      throw toS3StorageError(error, key);
    }
  }

  async get(key: string, range?: ByteRange): Promise<StoredObject> {
    assertStorageKey(key);
    if (range) assertRange(range);
    const Range = range && `bytes=${range.start}-${range.end ?? ''}`;
    try {
      const reply = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range }));
      const lengthBytes = reply.ContentLength ?? 0;
      return {
        stream: reply.Body as Readable,
        sizeBytes: totalOf(reply.ContentRange) ?? lengthBytes,
        start: range?.start ?? 0,
        lengthBytes,
        modifiedAt: reply.LastModified ?? new Date(0),
      };
    } catch (error) {
      if ((error as { name?: string }).name === 'InvalidRange') {
        const head = await this.head(key);
        throw head ? new RangeNotSatisfiable(head.sizeBytes) : new ObjectNotFound(key);
      }
      throw toS3StorageError(error, key);
    }
  }

  async read(key: string, options: { maxSizeBytes?: number } = {}): Promise<Buffer> {
    const stored = await this.get(key);
    refuseLargeRead(key, stored, options.maxSizeBytes);
    return collect(stored.stream).catch((error: unknown) => {
      throw toS3StorageError(error, key);
    });
  }

  async head(key: string): Promise<ObjectHead | null> {
    assertStorageKey(key);
    try {
      const reply = await this.#client.send(new HeadObjectCommand({ Bucket: this.#bucket, Key: key }));
      return { sizeBytes: reply.ContentLength ?? 0, modifiedAt: reply.LastModified ?? new Date(0) };
    } catch (error) {
      const mapped = toS3StorageError(error, key);
      if (mapped instanceof ObjectNotFound) return null;
      throw mapped;
    }
  }

  async *list(prefix: string): AsyncGenerator<ListedObject> {
    assertStoragePrefix(prefix);
    let continuation: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        Bucket: this.#bucket,
        Prefix: prefix,
        ContinuationToken: continuation,
      });
      const page = await this.#client.send(command).catch((error: unknown) => {
        throw toS3StorageError(error, prefix);
      });
      for (const { Key, Size, LastModified } of page.Contents ?? []) {
        if (Key) yield { key: Key, sizeBytes: Size ?? 0, modifiedAt: LastModified ?? new Date(0) };
      }
      continuation = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (continuation);
  }

  async copy(fromKey: string, toKey: string): Promise<void> {
    assertStorageKey(fromKey);
    assertStorageKey(toKey);
    // Keys hold nothing that would need URL encoding (see assertStorageKey).
    const CopySource = `${this.#bucket}/${fromKey}`;
    try {
      await this.#client.send(new CopyObjectCommand({ Bucket: this.#bucket, Key: toKey, CopySource }));
    } catch (error) {
      throw toS3StorageError(error, fromKey);
    }
  }

  async delete(key: string): Promise<void> {
    assertStorageKey(key);
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
    } catch (error) {
      const mapped = toS3StorageError(error, key);
      if (!(mapped instanceof ObjectNotFound)) throw mapped;
    }
  }

  async deletePrefix(prefix: string): Promise<number> {
    assertFolderPrefix(prefix);
    const keys: string[] = [];
    for await (const { key } of this.list(prefix)) keys.push(key);
    // One by one: the batch call needs a Content-MD5 on some servers and a CRC on others.
    for (let first = 0; first < keys.length; first += CONCURRENT_DELETES) {
      await Promise.all(keys.slice(first, first + CONCURRENT_DELETES).map((key) => this.delete(key)));
    }
    return keys.length;
  }

  removeLeftovers(olderThanMs: number): Promise<number> {
    // A PutObject that was cut off leaves nothing in the bucket, and multipart uploads are not used.
    return removeAbandonedSpools(olderThanMs);
  }

  async checkHealth(): Promise<StorageHealth> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }));
    } catch (error) {
      throw new StorageUnavailable(`The bucket "${this.#bucket}" cannot be reached.`, { cause: error });
    }
    return { freeBytes: null, acceptsNewObjects: true };
  }

  close(): void {
    this.#client.destroy();
  }
}

function totalOf(contentRange: string | undefined): number | undefined {
  const total = contentRange?.split('/')[1];
  return total && /^\d+$/.test(total) ? Number(total) : undefined;
}
