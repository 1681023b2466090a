interface Waiting {
  grant: () => void;
}

/** Web Locks for one name, shared by the "tabs" of a test. */
export class FakeLocks {
  #held: { steal: () => void } | null = null;
  #queue: Waiting[] = [];

  /** What one tab sees as `navigator.locks`. */
  asLockManager(): LockManager {
    return { request: this.#request } as unknown as LockManager;
  }

  readonly #request = (
    _name: string,
    options: LockOptions,
    callback: () => Promise<unknown>,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
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
      const waiting: Waiting = { grant };
      options.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(new DOMException('withdrawn', 'AbortError'));
      });
      if (this.#held) this.#queue.push(waiting);
      else grant();
    });

  #next(): void {
    this.#held = null;
    this.#queue.shift()?.grant();
  }
}
