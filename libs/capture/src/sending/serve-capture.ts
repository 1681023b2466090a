import { systemClock } from '../clock';
import { subtleDigest } from '../digest';
import { FallbackStore } from '../journal/fallback-store';
import { openIndexedDbStore } from '../journal/indexeddb-store';
import type { JournalStore } from '../journal/journal-store';
import type { FromWorker, MessageEnd, ToWorker } from './messages';
import type { NetworkSignal } from '../network-signals';
import { holdEngine } from './engine-fence';
import type { SendingCalls, SendingEvents, SendingMethod } from './sending-calls';
import { SendingEngine, type EngineOptions } from './sending-engine';

export interface WorkerScope extends MessageEnd<FromWorker> {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

/** What the worker takes from its surroundings. */
export interface WorkerGround extends Pick<EngineOptions, 'fetch' | 'clock' | 'digest' | 'random'> {
  openStore: () => Promise<JournalStore>;
  locks: LockManager | undefined;
}

/** The scope's own. Built on use: SubtleCrypto is missing in insecure pages. */
export const workerGround = (): WorkerGround => ({
  fetch: (input, init) => fetch(input, init),
  clock: systemClock,
  digest: subtleDigest(),
  random: Math.random,
  openStore: () => openIndexedDbStore(indexedDB, systemClock),
  locks: navigator.locks,
});

/** Runs journal and uploads in this dedicated worker. The whole of a worker script: `serveCapture()`. */
export function serveCapture(
  scope: WorkerScope = globalThis as unknown as WorkerScope,
  ground: WorkerGround = workerGround(),
): void {
  const server = new CaptureWorker(scope, ground);
  scope.onmessage = ({ data }) => server.receive(data);
}

class CaptureWorker {
  readonly #scope: WorkerScope;
  readonly #ground: WorkerGround;
  readonly #signalListeners = new Set<(signal: NetworkSignal) => void>();
  readonly #renewals = new Map<number, (renewed: boolean) => void>();
  #engine: SendingEngine | null = null;
  #renewalCount = 0;

  constructor(scope: WorkerScope, ground: WorkerGround) {
    this.#scope = scope;
    this.#ground = ground;
  }

  receive(message: ToWorker): void {
    if ('call' in message) void this.#run(message.call, message.method, message.args);
    else if ('ping' in message) this.#post({ pong: message.ping });
    else if ('signal' in message) for (const listener of [...this.#signalListeners]) listener(message.signal);
    else if ('renewal' in message) this.#renewed(message.renewal, message.renewed);
    else if ('start' in message) void this.#start(message.start);
    else void Promise.resolve(this.#engine?.close()).then(() => this.#post({ closed: true }));
  }

  async #start({ interviewId, baseUrl }: { interviewId: string; baseUrl: string }): Promise<void> {
    const { locks, openStore, ...ground } = this.#ground;
    const durable = await openStore().catch(() => null);
    const store = new FallbackStore(durable, () => this.#post({ memoryOnly: true }));
    const signals = {
      subscribe: (listener: (signal: NetworkSignal) => void) => {
        this.#signalListeners.add(listener);
        return () => this.#signalListeners.delete(listener);
      },
    };
    this.#engine = new SendingEngine({ ...ground, interviewId, baseUrl, store, signals }, this.#events());
    holdEngine(interviewId, locks, () => this.#fenced());
    this.#post({ hello: { durable: durable !== null } });
  }

  /** Another tab owns the journal: not a write or a request more, whatever this worker's page still asks for. */
  #fenced(): void {
    const engine = this.#engine;
    this.#engine = null;
    void engine?.close();
  }

  #events(): SendingEvents {
    return {
      take: (report) => this.#post({ take: report }),
      retired: (takeId) => this.#post({ retired: takeId }),
      link: (report) => this.#post({ link: report }),
      memoryOnly: () => this.#post({ memoryOnly: true }),
      renewSession: () =>
        new Promise((resolve) => {
          const renewal = this.#renewalCount++;
          this.#renewals.set(renewal, resolve);
          this.#post({ renew: renewal });
        }),
    };
  }

  #renewed(renewal: number, renewed: boolean): void {
    this.#renewals.get(renewal)?.(renewed);
    this.#renewals.delete(renewal);
  }

  async #run(call: number, method: SendingMethod, args: unknown[]): Promise<void> {
    try {
      const engine = this.#engine;
      // Never answered: the page that asked is not the owner any more.
      if (!engine) return;
      const run = engine[method] as (...given: unknown[]) => ReturnType<SendingCalls[SendingMethod]>;
      const value = await run.apply(engine, args);
      const transfer = Array.isArray(value) ? value.map(({ bytes }) => bytes) : [];
      this.#post({ reply: call, value }, transfer);
    } catch (error) {
      this.#post({ reply: call, failed: error instanceof Error ? error.message : String(error) });
    }
  }

  #post(message: FromWorker, transfer: Transferable[] = []): void {
    this.#scope.postMessage(message, transfer);
  }
}
