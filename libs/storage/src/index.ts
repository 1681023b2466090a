export { createStorage, type StorageConfig } from './create-storage';
export type { DiskStorageConfig } from './disk-storage';
export {
  DigestMismatch,
  InvalidStorageKey,
  ObjectNotFound,
  RangeNotSatisfiable,
  SizeMismatch,
  StorageError,
  StorageFull,
  StorageUnavailable,
  type StorageErrorCode,
} from './errors';
export { assertFolderPrefix, assertStorageKey, ownerOfKey, storageKeys, type KeyOwner } from './keys';
export type { S3StorageConfig } from './s3-storage';
export type {
  ByteRange,
  ListedObject,
  ObjectHead,
  PutOptions,
  PutResult,
  Storage,
  StorageFailpoint,
  StorageHealth,
  StorageOptions,
  StoredObject,
} from './storage';
