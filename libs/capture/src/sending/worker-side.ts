import type { Clock } from '../clock';
import type { NetworkSignals } from '../network-signals';
import type { CallMessage, FromWorker, ToWorker } from './messages';
import type { SendingListener, SendingSide } from './sending-host';

/** From the making of the worker to its hello, its script's download included. */
const helloTimeoutMs = 5_000;
/** A call may take this long (a slow disk) before the worker is asked whether it lives. */
const patienceMs = 5_000;
const pongTimeoutMs = 5_000;
const closeTimeoutMs = 1_000;

interface Ground {
  clock: Clock;
  signals: NetworkSignals;
  start: { interviewId: string; baseUrl: string };
}

interface Watcher {
  onReady: () => void;
  /** Once, and the worker is terminated: it can write nothing any more. */
  onDeath: () => void;
  /** Whether an answer is awaited, and silence is suspicious. */
  isAwaited: () => boolean;
}

/** The engine in a dedicated worker: messages there and back, and a watch over its life. */
export class WorkerSide implements SendingSide {
  readonly where = 'worker';
  readonly #clock: Clock;
  readonly #listener: SendingListener;
  readonly #watcher: Watcher;
  readonly #unsubscribe: () => void;
  #worker: Worker | null = null;
  #cancel: () => void;
  #heard = true;
  #dead = false;
  #onClosed: () => void = () => undefined;

  constructor(makeWorker: () => Worker, ground: Ground, listener: SendingListener, watcher: Watcher) {
    this.#clock = ground.clock;
    this.#listener = listener;
    this.#watcher = watcher;
    this.#cancel = this.#clock.after(helloTimeoutMs, () => this.#died());
    this.#unsubscribe = ground.signals.subscribe((signal) => this.#post({ signal }));
    try {
      this.#worker = makeWorker();
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
      this.#worker.onerror = () => this.#died();
      this.#worker.onmessageerror = () => this.#died();
      this.#post({ start: ground.start });
    } catch {
      // The host is not built yet; it hears of the death a moment later.
      this.#cancel();
      this.#cancel = this.#clock.after(0, () => this.#died());
    }
  }

  run(message: CallMessage): void {
    if (message.method !== 'append') return this.#post(message);
    // A copy travels; the original stays until the answer says that it is in the journal.
    const [takeId, segment, sequence, bytes, recordedMs] = message.args;
    const copy = bytes.slice(0);
    this.#post({ ...message, args: [takeId, segment, sequence, copy, recordedMs] }, [copy]);
  }

  end(): void {
    this.#dead = true;
    this.#cancel();
    this.#unsubscribe();
    this.#worker?.terminate();
    this.#worker = null;
  }

  async close(): Promise<void> {
    if (!this.#worker) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.after(closeTimeoutMs, resolve);
      this.#onClosed = () => {
        cancel();
        resolve();
      };
      this.#post({ close: true });
    });
    this.end();
  }

  #receive(message: FromWorker): void {
    if (!this.#worker) return;
    this.#heard = true;
    const { events } = this.#listener;
    if ('reply' in message) this.#listener.settle(message.reply, message);
    else if ('take' in message) events.take(message.take);
    else if ('retired' in message) events.retired(message.retired);
    else if ('link' in message) events.link(message.link);
    else if ('memoryOnly' in message) events.memoryOnly();
    else if ('renew' in message) this.#renew(message.renew);
    else if ('hello' in message) this.#hello(message.hello);
    else if ('closed' in message) this.#onClosed();
  }

  #hello({ durable }: { durable: boolean }): void {
    this.#cancel();
    // The page itself has a journal, else it would not have made a worker.
    if (!durable) return this.#died();
    this.#watch();
    this.#watcher.onReady();
  }

  #renew(renewal: number): void {
    this.#listener.events
      .renewSession()
      .catch(() => false)
      .then((renewed) => this.#post({ renewal, renewed }));
  }

  /**
   * A killed worker says nothing at all. Silence while an answer is awaited leads to a ping, silence after that to
   * the end. Both waits run on the page's timers, so a sleep of the whole page cannot pass for a death.
   */
  #watch(): void {
    this.#heard = false;
    this.#cancel = this.#clock.after(patienceMs, () => {
      if (this.#heard || !this.#watcher.isAwaited()) return this.#watch();
      this.#post({ ping: 1 });
      this.#cancel = this.#clock.after(pongTimeoutMs, () => (this.#heard ? this.#watch() : this.#died()));
    });
  }

  #died(): void {
    if (this.#dead) return;
    this.end();
    this.#watcher.onDeath();
  }

  #post(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }
}
