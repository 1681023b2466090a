import { createHash } from 'node:crypto';
import { MemoryJournalStore } from '../journal/journal-store';
import { neededBytes, probeStorage, type StorageProbeEnvironment } from './storage-probe';

const megabyte = 1024 * 1024;

function environment(over: Partial<StorageProbeEnvironment> = {}) {
  const seen = { removed: 0, closed: 0 };
  const store = new MemoryJournalStore();
  store.close = () => void seen.closed++;
  const given: StorageProbeEnvironment = {
    openStore: async () => store,
    removeStore: async () => void seen.removed++,
    freeBytes: async () => 500 * megabyte,
    digest: async (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    randomBytes: (sizeBytes) => new Uint8Array(sizeBytes).fill(7),
    ...over,
  };
  return { given, seen, store };
}

it('asks for twice the answer, and for 64 MB at least', () => {
  expect(neededBytes(megabyte)).toBe(64 * megabyte);
  expect(neededBytes(40 * megabyte)).toBe(80 * megabyte);
});

it('writes, reads back, compares, and leaves nothing behind', async () => {
  const { given, seen } = environment();
  expect(await probeStorage(megabyte, given)).toBe('enough');
  expect(seen).toEqual({ removed: 1, closed: 1 });
});

it('finds too little room, and takes a browser that does not say for enough', async () => {
  expect(await probeStorage(megabyte, environment({ freeBytes: async () => 63 * megabyte }).given)).toBe(
    'low',
  );
  expect(await probeStorage(megabyte, environment({ freeBytes: async () => null }).given)).toBe('enough');
});

it('trusts no store that refuses, fails or gives other bytes back', async () => {
  const refuses = environment({ openStore: () => Promise.reject(new Error('private')) });
  expect(await probeStorage(megabyte, refuses.given)).toBe('none');
  const full = environment();
  full.store.write = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  expect(await probeStorage(megabyte, full.given)).toBe('none');
  const lies = environment();
  lies.store.get = async () => new ArrayBuffer(0);
  expect(await probeStorage(megabyte, lies.given)).toBe('none');
  expect(lies.seen).toEqual({ removed: 1, closed: 1 });
});
