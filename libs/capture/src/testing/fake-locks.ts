/** Web Locks, shared by the "tabs" and workers of a test. */
export class FakeLocks {
  readonly #locks = new Map<string, FakeLock>();

  /** What one tab or worker sees as `navigator.locks`. */
  asLockManager(): LockManager {
    return { request: this.#request } as unknown as LockManager;
  }

  readonly #request = (
    name: string,
    options: LockOptions,
    callback: () => Promise<unknown>,
  ): Promise<unknown> => {
    const lock = this.#locks.get(name) ?? new FakeLock();
    this.#locks.set(name, lock);
    return lock.request(options, callback);
  };
}

class FakeLock {
  #held: { steal: () => void } | null = null;
  #queue: (() => void)[] = [];

  request(options: LockOptions, callback: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        const holder = { steal: () => reject(new DOMException('stolen', 'AbortError')) };
        this.#held = holder;
        void callback().then((value) => {
          resolve(value);
          if (this.#held === holder) this.#next();
        });
      };
      if (options.steal) {
        this.#held?.steal();
        grant();
        return;
      }
      options.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((other) => other !== grant);
        reject(new DOMException('withdrawn', 'AbortError'));
      });
      if (this.#held) this.#queue.push(grant);
      else grant();
    });
  }

  #next(): void {
    this.#held = null;
    this.#queue.shift()?.();
  }
}
