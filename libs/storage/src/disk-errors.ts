import { InvalidStorageKey, ObjectNotFound, StorageError, StorageFull, StorageUnavailable } from './errors';
import { BodyFailure } from './measured-body';

/**
 * Turns what the file system threw into the port's errors. Errors without an errno (a caller's RangeError, a test's
 * failpoint) are returned as they are.
 */
export function toDiskStorageError(error: unknown, key: string): unknown {
  if (error instanceof BodyFailure) return error.cause;
  if (error instanceof StorageError) return error;
  const errno = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (errno) {
    case undefined:
      return error;
    case 'ENOENT':
      return new ObjectNotFound(key);
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageFull('The storage volume is full.', { cause: error });
    case 'ENOTDIR':
    case 'EISDIR':
      return new InvalidStorageKey(key, 'another key is its folder, or it is the folder of another key', {
        cause: error,
      });
    default:
      return new StorageUnavailable(`The storage volume failed (${errno}).`, { cause: error });
  }
}
