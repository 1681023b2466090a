import type { Clock } from '../clock';
import type { JournalStore } from '../journal/journal-store';
import type { FromWorker, ToWorker } from '../sending/messages';
import { serveCapture, type WorkerGround, type WorkerScope } from '../sending/serve-capture';

export interface FakeWorkerOptions {
  ground: WorkerGround;
  /** It never says a word, as when its script did not arrive. */
  isMute?: boolean;
}

/**
 * The capture worker on a thread of its own that is none: messages are cloned and arrive a
 * moment later, and after its death nothing of it goes on, not a timer, a request or a write.
 */
export class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: (() => void) | null = null;
  onmessageerror: (() => void) | null = null;
  /** Methods of the calls it was sent, in order. */
  readonly calls: string[] = [];
  readonly #scope: WorkerScope;
  readonly #isMute: boolean;
  #alive = true;

  constructor({ ground, isMute = false }: FakeWorkerOptions) {
    this.#isMute = isMute;
    this.#scope = {
      onmessage: null,
      postMessage: (message, transfer) => this.#deliver(message, transfer),
    };
    serveCapture(this.#scope, this.#mortal(ground));
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  asWorker(): Worker {
    return this as unknown as Worker;
  }

  postMessage(message: ToWorker, transfer: Transferable[] = []): void {
    const data = structuredClone(message, { transfer });
    if ('call' in data) this.calls.push(data.method);
    queueMicrotask(() => {
      if (this.#alive && !this.#isMute) this.#scope.onmessage?.({ data } as MessageEvent<ToWorker>);
    });
  }

  terminate(): void {
    this.#alive = false;
  }

  /** The browser ends the worker without a word. */
  kill(): void {
    this.#alive = false;
  }

  /** Ends it as an uncaught error does. */
  crash(): void {
    this.kill();
    this.onerror?.();
  }

  #deliver(message: FromWorker, transfer: Transferable[]): void {
    if (!this.#alive || this.#isMute) return;
    const data = structuredClone(message, { transfer });
    queueMicrotask(() => {
      if (this.#alive) this.onmessage?.({ data });
    });
  }

  #mortal(ground: WorkerGround): WorkerGround {
    const whileAlive = async <T>(work: Promise<T>): Promise<T> => {
      const value = await work;
      return this.#alive ? value : new Promise<T>(() => undefined);
    };
    const clock: Clock = {
      nowMs: () => ground.clock.nowMs(),
      after: (delayMs, run) => ground.clock.after(delayMs, () => this.#alive && run()),
    };
    return {
      ...ground,
      clock,
      fetch: (input, init) =>
        this.#alive ? whileAlive(ground.fetch(input, init)) : new Promise(() => undefined),
      digest: (bytes) => whileAlive(ground.digest(bytes)),
      openStore: async () => mortalStore(await ground.openStore(), () => this.#alive, whileAlive),
    };
  }
}

function mortalStore(
  store: JournalStore,
  isAlive: () => boolean,
  whileAlive: <T>(work: Promise<T>) => Promise<T>,
): JournalStore {
  const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
  return {
    write: (operations, durability) =>
      isAlive() ? whileAlive(store.write(operations, durability)) : never(),
    get: (name, key) => (isAlive() ? whileAlive(store.get(name, key)) : never()),
    list: (name, prefix) => (isAlive() ? whileAlive(store.list(name, prefix)) : never()),
    close: () => store.close(),
  };
}
