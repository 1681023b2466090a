import { createHash, type Hash } from 'node:crypto';
import type { ObjectRow } from '@fairtake/database';
import { ObjectNotFound, type Storage } from '@fairtake/storage';
import type { HeldObject, WithObject } from './facts';

/** Looks at objects: their sizes, and with `deep` their bytes. */
export class HeldObjects {
  constructor(
    private readonly storage: Storage,
    readonly deep: boolean,
  ) {}

  /** @param whole is fed the bytes as well, when they are read */
  async look(storageKey: string, whole?: Hash): Promise<HeldObject | null> {
    if (this.deep) return this.read(storageKey, whole);
    const head = await this.storage.head(storageKey);
    return head && { sizeBytes: head.sizeBytes, sha256: null };
  }

  private async read(storageKey: string, whole?: Hash): Promise<HeldObject | null> {
    const own = createHash('sha256');
    let sizeBytes = 0;
    try {
      const { stream } = await this.storage.get(storageKey);
      for await (const bytes of stream as AsyncIterable<Buffer>) {
        own.update(bytes);
        whole?.update(bytes);
        sizeBytes += bytes.length;
      }
    } catch (error) {
      if (error instanceof ObjectNotFound) return null;
      throw error;
    }
    return { sizeBytes, sha256: own.digest('hex') };
  }
}

/** What is wrong with the object of a row, or null. */
export function faultOf({ object, sizeBytes, sha256 }: WithObject<ObjectRow>): string | null {
  if (!object) return 'has no object in storage';
  if (object.sizeBytes !== sizeBytes) return `has ${object.sizeBytes} bytes instead of ${sizeBytes}`;
  if (object.sha256 !== null && object.sha256 !== sha256) return 'has other bytes than its SHA-256 says';
  return null;
}
