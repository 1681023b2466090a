import type { Clock } from '../clock';
import type { JournalStore, StoreKey, StoreName, StoreOperation } from './journal-store';

const storeNames: readonly StoreName[] = ['takes', 'fragments', 'bytes', 'chunks', 'notes'];
const version = 1;
/** Some private modes neither open nor fail. The recording cannot wait for them. */
const openTimeoutMs = 3_000;

/**
 * Opens (and creates) the journal's database. Rejects when the browser refuses storage, when an old tab blocks the
 * upgrade, or after 3 s without an answer.
 */
export async function openIndexedDbStore(
  factory: IDBFactory,
  clock: Clock,
  name = 'fairtake-capture',
): Promise<JournalStore> {
  const open = (): Promise<IDBDatabase> => openDatabase(factory, clock, name);
  return new IndexedDbStore(await open(), open);
}

function openDatabase(factory: IDBFactory, clock: Clock, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, version);
    let late = false;
    const cancel = clock.after(openTimeoutMs, () => {
      late = true;
      reject(new Error('IndexedDB did not open in time'));
    });
    request.onupgradeneeded = () => {
      for (const store of storeNames) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      cancel();
      if (late) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      cancel();
      reject(request.error ?? new Error('IndexedDB did not open'));
    };
  });
}

class IndexedDbStore implements JournalStore {
  #database: IDBDatabase;
  readonly #reopen: () => Promise<IDBDatabase>;
  #lost = false;
  #closed = false;

  constructor(database: IDBDatabase, reopen: () => Promise<IDBDatabase>) {
    this.#database = database;
    this.#reopen = reopen;
    this.#watch();
  }

  async write(operations: readonly StoreOperation[], durability: 'strict' | 'relaxed'): Promise<void> {
    const names = [...new Set(operations.map(nameOf))];
    const transaction = await this.#begin(names, 'readwrite', { durability });
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB transaction aborted'));
      for (const operation of operations) {
        const store = transaction.objectStore(nameOf(operation));
        if ('put' in operation) store.put(operation.value, [...operation.key]);
        else if ('remove' in operation) store.delete([...operation.key]);
        else store.delete(prefixRange(operation.prefix));
      }
    });
  }

  async get(store: StoreName, key: StoreKey): Promise<unknown> {
    const transaction = await this.#begin([store], 'readonly');
    return settled(transaction.objectStore(store).get([...key]));
  }

  async list(store: StoreName, prefix: StoreKey): Promise<{ key: StoreKey; value: unknown }[]> {
    const range = prefixRange(prefix);
    // Two requests in one transaction see the same entries in the same order.
    const objects = (await this.#begin([store], 'readonly')).objectStore(store);
    const [keys, values] = await Promise.all([
      settled(objects.getAllKeys(range)),
      settled(objects.getAll(range) as IDBRequest<unknown[]>),
    ]);
    return keys.map((key, at) => ({ key: key as StoreKey, value: values[at] }));
  }

  close(): void {
    this.#closed = true;
    this.#database.close();
  }

  /** iOS drops connections of a page in the background; the database is still there behind a new one. */
  async #begin(
    names: StoreName[],
    mode: IDBTransactionMode,
    options?: IDBTransactionOptions,
  ): Promise<IDBTransaction> {
    if (this.#lost && !this.#closed) await this.#connect();
    try {
      return this.#database.transaction(names, mode, options);
    } catch (error) {
      if (this.#closed || (error as DOMException).name !== 'InvalidStateError') throw error;
      await this.#connect();
      return this.#database.transaction(names, mode, options);
    }
  }

  async #connect(): Promise<void> {
    this.#database = await this.#reopen();
    this.#lost = false;
    this.#watch();
  }

  #watch(): void {
    this.#database.onclose = () => (this.#lost = true);
    // A newer version of the page in another tab must not wait for this one.
    this.#database.onversionchange = () => this.#database.close();
  }
}

function nameOf(operation: StoreOperation): StoreName {
  if ('put' in operation) return operation.put;
  return 'remove' in operation ? operation.remove : operation.removeAll;
}

/** An array sorts after every number and string, so it closes the range of all extensions of a prefix. */
function prefixRange(prefix: StoreKey): IDBKeyRange {
  return IDBKeyRange.bound([...prefix], [...prefix, []]);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB request failed'));
  });
}
