/** What went wrong with bytes. `code` is stable; `cause` keeps the operating system's or the SDK's own error. */
export type StorageErrorCode =
  | 'object_not_found'
  | 'digest_mismatch'
  | 'size_mismatch'
  | 'range_not_satisfiable'
  | 'invalid_storage_key'
  | 'storage_full'
  | 'storage_unavailable';

/** Base of every error a `Storage` throws, except errors of the caller's own body stream: those pass unchanged. */
export abstract class StorageError extends Error {
  abstract readonly code: StorageErrorCode;
}

/** Nothing is stored under the key. */
export class ObjectNotFound extends StorageError {
  readonly code = 'object_not_found';
  override readonly name = 'ObjectNotFound';
  constructor(readonly key: string) {
    super(`No object is stored under "${key}".`);
  }
}

/** The bytes do not hash to the announced SHA-256. Nothing was stored, an earlier object is untouched. */
export class DigestMismatch extends StorageError {
  readonly code = 'digest_mismatch';
  override readonly name = 'DigestMismatch';
  constructor(
    readonly expectedSha256: string,
    readonly actualSha256: string,
  ) {
    super(`The bytes hash to ${actualSha256}, ${expectedSha256} was announced.`);
  }
}

/** More or fewer bytes arrived than announced. Nothing was stored, an earlier object is untouched. */
export class SizeMismatch extends StorageError {
  readonly code = 'size_mismatch';
  override readonly name = 'SizeMismatch';
  constructor(
    readonly expectedSizeBytes: number,
    readonly receivedSizeBytes: number,
  ) {
    super(`${receivedSizeBytes} bytes arrived, ${expectedSizeBytes} were announced.`);
  }
}

/** The asked range starts behind the last byte; HTTP answers 416 with `sizeBytes`. */
export class RangeNotSatisfiable extends StorageError {
  readonly code = 'range_not_satisfiable';
  override readonly name = 'RangeNotSatisfiable';
  constructor(readonly sizeBytes: number) {
    super(`The range starts outside the object's ${sizeBytes} bytes.`);
  }
}

/** A defect in the program: keys are made by `storageKeys`, never taken from outside. */
export class InvalidStorageKey extends StorageError {
  readonly code = 'invalid_storage_key';
  override readonly name = 'InvalidStorageKey';
  constructor(key: string, reason: string, options?: ErrorOptions) {
    super(`"${key.slice(0, 200)}" is no storage key: ${reason}.`, options);
  }
}

/** The volume or quota is full, or the free-space reserve was reached. Nothing was stored. */
export class StorageFull extends StorageError {
  readonly code = 'storage_full';
  override readonly name = 'StorageFull';
}

/** The store did not do what it was asked, in time. Whether the bytes are there is unknown: put them again. */
export class StorageUnavailable extends StorageError {
  readonly code = 'storage_unavailable';
  override readonly name = 'StorageUnavailable';
}
