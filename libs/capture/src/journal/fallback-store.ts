import {
  compareKeys,
  MemoryJournalStore,
  type JournalStore,
  type StoreKey,
  type StoreName,
  type StoreOperation,
} from './journal-store';

/**
 * A durable store until it fails once (quota, eviction, a disk error), memory from then on. The recording goes on;
 * what is only in memory is gone with the page, so `memoryOnly` must be shown to the person.
 *
 * It does not go back to the durable store by itself: a later entry without its predecessors would make the next
 * page believe in a recording with a hole.
 */
export class FallbackStore implements JournalStore {
  readonly #durable: JournalStore | null;
  readonly #memory = new MemoryJournalStore();
  readonly #onMemoryOnly: () => void;
  #memoryOnly: boolean;

  constructor(durable: JournalStore | null, onMemoryOnly: () => void) {
    this.#durable = durable;
    this.#memoryOnly = durable === null;
    this.#onMemoryOnly = onMemoryOnly;
  }

  get memoryOnly(): boolean {
    return this.#memoryOnly;
  }

  async write(operations: readonly StoreOperation[], durability: 'strict' | 'relaxed'): Promise<void> {
    if (!this.#memoryOnly) {
      try {
        await this.#durable!.write(operations, durability);
        return;
      } catch {
        // Two writes may fail together; one report is enough.
        if (!this.#memoryOnly) {
          this.#memoryOnly = true;
          this.#onMemoryOnly();
        }
      }
    } else {
      const removals = operations.filter((operation) => !('put' in operation));
      if (removals.length > 0) await this.#durable?.write(removals, durability).catch(() => undefined);
    }
    await this.#memory.write(operations);
  }

  async get(store: StoreName, key: StoreKey): Promise<unknown> {
    return (await this.#memory.get(store, key)) ?? (await this.#durable?.get(store, key));
  }

  async list(store: StoreName, prefix: StoreKey): Promise<{ key: StoreKey; value: unknown }[]> {
    const memory = await this.#memory.list(store, prefix);
    const durable = (await this.#durable?.list(store, prefix)) ?? [];
    if (memory.length === 0) return durable;
    const inMemory = new Set(memory.map((entry) => JSON.stringify(entry.key)));
    return [...durable.filter((entry) => !inMemory.has(JSON.stringify(entry.key))), ...memory].sort((a, b) =>
      compareKeys(a.key, b.key),
    );
  }

  close(): void {
    this.#durable?.close();
  }
}
