import { ObjectNotFound, StorageError, StorageFull, StorageUnavailable } from './errors';
import { BodyFailure } from './measured-body';

interface ServiceFailure {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

// Names differ between S3 itself and the servers that speak its protocol.
const MISSING = new Set(['NoSuchKey', 'NotFound']);
const FULL = new Set([
  'InsufficientStorage',
  'QuotaExceeded',
  'EntityTooLargeForBucket',
  'XMinioStorageFull',
]);

/** Turns what the SDK threw into the port's errors; everything not recognised means "unavailable, put it again". */
export function toS3StorageError(error: unknown, key: string): unknown {
  if (error instanceof BodyFailure) return error.cause;
  if (error instanceof StorageError || error instanceof RangeError) return error;
  const { name = '', code, $metadata } = (error ?? {}) as ServiceFailure;
  if (MISSING.has(name)) return new ObjectNotFound(key);
  if (FULL.has(name) || $metadata?.httpStatusCode === 507 || code === 'ENOSPC') {
    return new StorageFull('The object store is full.', { cause: error });
  }
  const status = $metadata?.httpStatusCode ? ` with ${$metadata.httpStatusCode}` : '';
  return new StorageUnavailable(`The object store failed${status} (${name || code || 'unknown'}).`, {
    cause: error,
  });
}
