import type { Clock } from '../../src';
import type { VirtualClock } from '../../src/testing';

/** Timers of one page: they die with it, and wait while it is frozen. */
export class PageClock implements Clock {
  readonly #clock: VirtualClock;
  #alive = true;
  #frozen = false;
  #late: (() => void)[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  after(delayMs: number, run: () => void): () => void {
    let wanted = true;
    const cancel = this.#clock.after(delayMs, () => this.whenRunning(() => wanted && run()));
    return () => {
      wanted = false;
      cancel();
    };
  }

  /** Now, or when the page is thawed; never in a page that is gone. */
  whenRunning(run: () => void): void {
    if (!this.#alive) return;
    if (this.#frozen) this.#late.push(run);
    else run();
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    for (const run of this.#late.splice(0)) this.whenRunning(run);
  }

  die(): void {
    this.#alive = false;
    this.#late = [];
  }
}

/** How many IndexedDB transactions run in all pages, so that a test knows when nothing is going on. */
export const runningTransactions = new Set<IDBTransaction>();

/**
 * One page's view of its device's IndexedDB. When the page dies, transactions that have not committed are undone, as
 * a browser does; when the device is full, writing fails.
 */
export class PageStorage {
  readonly #own = new Set<IDBTransaction>();
  readonly #isFull: () => boolean;
  #alive = true;
  readonly factory: IDBFactory;

  constructor(device: IDBFactory, isFull: () => boolean) {
    this.#isFull = isFull;
    this.factory = {
      open: (name: string, version?: number) => this.#open(device, name, version),
    } as IDBFactory;
  }

  die(): void {
    this.#alive = false;
    for (const transaction of this.#own) {
      try {
        transaction.abort();
      } catch {
        // It committed a moment ago.
      }
    }
  }

  #open(device: IDBFactory, name: string, version: number | undefined): IDBOpenDBRequest {
    // Nobody listens to what a dead page asks for.
    if (!this.#alive) return {} as IDBOpenDBRequest;
    const request = device.open(name, version);
    request.addEventListener('success', () => this.#watch(request.result));
    return request;
  }

  #watch(database: IDBDatabase): void {
    const begin = database.transaction.bind(database);
    database.transaction = (names, mode, options) => {
      if (!this.#alive) throw new DOMException('The page is gone', 'InvalidStateError');
      const transaction = begin(names, mode, options);
      for (const set of [this.#own, runningTransactions]) {
        set.add(transaction);
        const remove = (): boolean => set.delete(transaction);
        transaction.addEventListener('complete', remove);
        transaction.addEventListener('abort', remove);
      }
      if (mode === 'readwrite' && this.#isFull()) refusePuts(transaction);
      return transaction;
    };
  }
}

function refusePuts(transaction: IDBTransaction): void {
  const objectStore = transaction.objectStore.bind(transaction);
  transaction.objectStore = (name) => {
    const store = objectStore(name);
    store.put = () => {
      transaction.abort();
      throw new DOMException('The device is full', 'QuotaExceededError');
    };
    return store;
  };
}

/** One page's view of Web Locks: what it holds or waits for is free again when it dies, and it hears of nothing. */
export class PageLocks {
  readonly manager: LockManager;
  readonly #death = new AbortController();

  constructor(device: LockManager) {
    const { signal: death } = this.#death;
    const gone = new Promise<void>((resolve) => death.addEventListener('abort', () => resolve()));
    const request = (name: string, options: LockOptions, callback: LockGrantedCallback<unknown>) => {
      if (death.aborted) return new Promise(() => undefined);
      const { signal: withdrawn, ...rest } = options;
      const held = (lock: Lock | null): unknown => Promise.race([callback(lock), gone]);
      const waiting = withdrawn ? { signal: AbortSignal.any([withdrawn, death]) } : {};
      const ended = device.request(name, { ...rest, ...waiting }, held);
      return new Promise((resolve, reject) => {
        ended.then(
          (value) => death.aborted || resolve(value),
          (error: unknown) => death.aborted || reject(error as Error),
        );
      });
    };
    this.manager = { request } as unknown as LockManager;
  }

  die(): void {
    this.#death.abort();
  }
}
