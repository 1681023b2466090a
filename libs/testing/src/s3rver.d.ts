declare module 's3rver' {
  import type { RequestListener } from 'node:http';
  import type { Readable } from 'node:stream';

  interface StoredObject {
    bucket: string;
    key: string;
  }
  interface ReadOptions {
    start?: number;
    end?: number;
  }
  interface ReadObject {
    content: Readable | null;
    range?: { start: number; end: number };
  }
  interface FilesystemStore {
    putObject(object: StoredObject): Promise<{ size: number; md5: string }>;
    getObject(bucket: string, key: string, options?: ReadOptions): Promise<ReadObject | null>;
    getResourcePath(bucket: string, key: string, resource: string): string;
  }
  class S3rver {
    constructor(options: {
      directory: string;
      silent: boolean;
      vhostBuckets: boolean;
      configureBuckets: { name: string }[];
    });
    readonly store: FilesystemStore;
    configureBuckets(): Promise<unknown>;
    callback(): RequestListener;
  }
  export = S3rver;
}
