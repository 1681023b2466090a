import { DiskStorage, type DiskStorageConfig } from './disk-storage';
import { S3Storage, type S3StorageConfig } from './s3-storage';
import type { Storage, StorageOptions } from './storage';

export type StorageConfig = ({ kind: 'disk' } & DiskStorageConfig) | ({ kind: 's3' } & S3StorageConfig);

/** The storage an installation is configured for. Opens nothing until it is used. */
export function createStorage(config: StorageConfig, options?: StorageOptions): Storage {
  return config.kind === 'disk' ? new DiskStorage(config, options) : new S3Storage(config, options);
}
