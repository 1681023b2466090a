export type StoreName = 'takes' | 'fragments' | 'bytes' | 'chunks' | 'notes';
export type StoreKey = readonly (string | number)[];

export type StoreOperation =
  | { put: StoreName; key: StoreKey; value: unknown }
  | { remove: StoreName; key: StoreKey }
  /** Removes every entry whose key starts with `prefix`. */
  | { removeAll: StoreName; prefix: StoreKey };

/**
 * The journal's key-value ground. Keys and values can be cloned, and every call is asynchronous.
 */
export interface JournalStore {
  /** All operations or none. `strict` returns only after the device promised durability. */
  write(operations: readonly StoreOperation[], durability: 'strict' | 'relaxed'): Promise<void>;
  get(store: StoreName, key: StoreKey): Promise<unknown>;
  /** Entries whose key starts with `prefix`, in key order. */
  list(store: StoreName, prefix: StoreKey): Promise<{ key: StoreKey; value: unknown }[]>;
  close(): void;
}

/** IndexedDB's order for the keys used here: numbers before strings, a shorter array before its extensions. */
export function compareKeys(left: StoreKey, right: StoreKey): number {
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const [a, b] = [left[at]!, right[at]!];
    if (a === b) continue;
    if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
    return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

const startsWith = (key: StoreKey, prefix: StoreKey): boolean => prefix.every((part, at) => key[at] === part);

/** Lives as long as the page. Used when the device gives no storage, and in tests. */
export class MemoryJournalStore implements JournalStore {
  readonly #stores = new Map<StoreName, Map<string, { key: StoreKey; value: unknown }>>();

  async write(operations: readonly StoreOperation[]): Promise<void> {
    for (const operation of operations) {
      if ('put' in operation) {
        const { key, value } = operation;
        this.#store(operation.put).set(JSON.stringify(key), { key, value: structuredClone(value) });
      } else if ('remove' in operation) {
        this.#store(operation.remove).delete(JSON.stringify(operation.key));
      } else {
        const store = this.#store(operation.removeAll);
        for (const [id, { key }] of store) if (startsWith(key, operation.prefix)) store.delete(id);
      }
    }
  }

  async get(store: StoreName, key: StoreKey): Promise<unknown> {
    return structuredClone(this.#store(store).get(JSON.stringify(key))?.value);
  }

  async list(store: StoreName, prefix: StoreKey): Promise<{ key: StoreKey; value: unknown }[]> {
    return [...this.#store(store).values()]
      .filter((entry) => startsWith(entry.key, prefix))
      .sort((a, b) => compareKeys(a.key, b.key))
      .map((entry) => structuredClone(entry));
  }

  close(): void {}

  #store(name: StoreName): Map<string, { key: StoreKey; value: unknown }> {
    let store = this.#stores.get(name);
    if (!store) this.#stores.set(name, (store = new Map()));
    return store;
  }
}
