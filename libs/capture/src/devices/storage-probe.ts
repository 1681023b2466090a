import type { Clock } from '../clock';
import { subtleDigest, toHex, type Digest } from '../digest';
import { systemClock } from '../clock';
import type { JournalStore } from '../journal/journal-store';
import { openIndexedDbStore } from '../journal/indexeddb-store';

const leastBytes = 64 * 1024 * 1024;
/** As large as a fragment of a good picture. */
const trialBytes = 256 * 1024;
const databaseName = 'fairtake-capture-check';

/**
 * `enough`: written, read back the same, and room. `low`: works, but too little room is left. `none`: this device
 * keeps nothing for us (some private windows, a full disk, or IndexedDB is broken).
 */
export type StorageVerdict = 'enough' | 'low' | 'none';

export interface StorageProbeEnvironment {
  /** A store apart from the journal. */
  openStore: () => Promise<JournalStore>;
  removeStore: () => Promise<void>;
  /** Free bytes the browser grants; null where it does not say. */
  freeBytes: () => Promise<number | null>;
  digest: Digest;
  randomBytes: (sizeBytes: number) => Uint8Array;
}

/** Room that has to be there before a recording begins: twice the largest answer, and never under 64 MB. Pure. */
export const neededBytes = (answerBytes: number): number => Math.max(leastBytes, 2 * answerBytes);

/**
 * Whether the journal can be trusted here: writes, reads back and compares by SHA-256, in a database of its own that
 * is removed again; then asks for room. Never rejects.
 *
 * @param answerBytes the largest answer expected
 */
export async function probeStorage(
  answerBytes: number,
  environment: StorageProbeEnvironment = browserStorage(),
): Promise<StorageVerdict> {
  if (!(await keepsBytes(environment))) return 'none';
  const free = await environment.freeBytes();
  return free === null || free >= neededBytes(answerBytes) ? 'enough' : 'low';
}

async function keepsBytes(environment: StorageProbeEnvironment): Promise<boolean> {
  const { openStore, removeStore, digest, randomBytes } = environment;
  let store: JournalStore | null = null;
  try {
    store = await openStore();
    const written = randomBytes(trialBytes);
    const key = ['check', 0];
    const value = written.slice().buffer;
    await store.write([{ put: 'bytes', key, value }], 'strict');
    const read = new Uint8Array((await store.get('bytes', key)) as ArrayBuffer);
    return toHex(await digest(read)) === toHex(await digest(written));
  } catch {
    return false;
  } finally {
    store?.close();
    await removeStore().catch(() => undefined);
  }
}

function browserStorage(clock: Clock = systemClock): StorageProbeEnvironment {
  return {
    openStore: () => openIndexedDbStore(indexedDB, clock, databaseName),
    removeStore: () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(databaseName);
        request.onsuccess = () => resolve();
        request.onerror = request.onblocked = () => reject(new Error('The trial database stays'));
      }),
    freeBytes: async () => {
      try {
        const { quota, usage } = await navigator.storage.estimate();
        return quota === undefined ? null : quota - (usage ?? 0);
      } catch {
        return null;
      }
    },
    digest: subtleDigest(),
    // At most 64 KiB at a time is random; the rest repeats it.
    randomBytes: (sizeBytes) => {
      const seed = crypto.getRandomValues(new Uint8Array(4_096));
      return Uint8Array.from({ length: sizeBytes }, (_, at) => seed[at % seed.length]!);
    },
  };
}
