import type { Clock } from '../clock';
import type { NetworkSignals } from '../network-signals';
import { Observable } from '../observable';
import type { LinkReport, LinkReports } from '../recording-sink';
import type { CallMessage } from './messages';
import { PageSide } from './page-side';
import type { KnownTake, SendingCalls, SendingEvents, SendingMethod, TakeReport } from './sending-calls';
import type { SendingEngine } from './sending-engine';
import { WorkerSide } from './worker-side';

/** When the journal did not open after the death of a worker. */
const reopenAfterMs = 1_000;

export interface SendingHostOptions {
  clock: Clock;
  signals: NetworkSignals;
  /** Of the app; null runs the engine in the page. */
  makeWorker: (() => Worker) | null;
  /** The engine of this page, made when there is no worker (any more). */
  makeEngine: (events: SendingEvents) => SendingEngine;
  start: { interviewId: string; baseUrl: string };
  renewSession: () => Promise<boolean>;
  /** What is being recorded now, for an engine that takes over from a dead worker. */
  knownTakes: () => KnownTake[];
  onChange: () => void;
}

/** Where calls go: a worker, or the page. */
export interface SendingSide {
  readonly where: 'worker' | 'page';
  /** The answer comes through `settle`. */
  run(message: CallMessage): void;
  /** Stops at once. */
  end(): void;
  /** Resolves when the last write is through. */
  close(): Promise<void>;
}

/** How a side talks back. */
export interface SendingListener {
  events: SendingEvents;
  settle(call: number, outcome: { value: unknown } | { failed: string }): void;
}

interface Unanswered {
  message: CallMessage;
  /** Of an append: bytes that are not known to be in the journal yet. */
  heldBytes: number;
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/**
 * The page's end of journal and uploads. Every call is kept until it is answered: when the worker does not start or
 * dies, an engine in the page reopens the journal, and what was not answered is asked again, in order. The calls allow
 * that (see {@link SendingCalls}), so each fragment is in the journal exactly once.
 */
export class SendingHost {
  readonly #options: SendingHostOptions;
  readonly #unanswered = new Map<number, Unanswered>();
  readonly #reports = new Map<string, TakeReport>();
  readonly #watchers = new Map<string, () => void>();
  readonly #retired = new Set<string>();
  readonly #link = new Observable<LinkReport>({ bytesPerSecond: null, roundTripMs: null, backlogBytes: 0 });
  readonly #listener: SendingListener;
  #linkReport = this.#link.getSnapshot();
  #memoryOnly = false;
  #side: SendingSide | null = null;
  /** A worker that has not said hello yet. */
  #starting: WorkerSide | null = null;
  #calls = 0;
  #closed = false;

  constructor(options: SendingHostOptions) {
    this.#options = options;
    this.#listener = { events: this.#events(), settle: (call, outcome) => this.#settle(call, outcome) };
    if (options.makeWorker) this.#startWorker(options.makeWorker);
    else this.#useSide(new PageSide(options.makeEngine, this.#listener));
  }

  /** Null until it is known. */
  get where(): 'worker' | 'page' | null {
    return this.#side?.where ?? null;
  }

  /** Another tab owns the journal, or the page is done: calls resolve and do nothing. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** The engine has told that the device gives it no storage. */
  get memoryOnly(): boolean {
    return this.#memoryOnly;
  }

  get link(): LinkReports {
    return this.#link;
  }

  /** Takes the engine has reported, whatever became of them. */
  reports(): TakeReport[] {
    return [...this.#reports.values()];
  }

  report(takeId: string): TakeReport | undefined {
    return this.#reports.get(takeId);
  }

  isRetired(takeId: string): boolean {
    return this.#retired.has(takeId);
  }

  /** One watcher per take: called after every report about it. */
  watch(takeId: string, onReport: () => void): void {
    this.#watchers.set(takeId, onReport);
  }

  /** Undefined when the host was closed before the answer. */
  call<Method extends SendingMethod>(
    method: Method,
    ...args: Parameters<SendingCalls[Method]>
  ): Promise<Awaited<ReturnType<SendingCalls[Method]>> | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const call = ++this.#calls;
      const message = { call, method, args } as CallMessage;
      const heldBytes = message.method === 'append' ? message.args[3].byteLength : 0;
      this.#unanswered.set(call, {
        message,
        heldBytes,
        resolve: resolve as (value: unknown) => void,
        reject,
      });
      this.#side?.run(message);
      if (heldBytes > 0) this.#publishLink();
    });
  }

  /** Another tab owns the journal now: nothing more is written. Unanswered calls resolve. */
  end(): void {
    (this.#side ?? this.#starting)?.end();
    this.#finish();
  }

  /** What was handed over is written first. */
  async close(): Promise<void> {
    if (this.#side) await this.#side.close();
    else this.#starting?.end();
    this.#finish();
  }

  #finish(): void {
    this.#closed = true;
    this.#side = null;
    for (const { resolve } of this.#unanswered.values()) resolve(undefined);
    this.#unanswered.clear();
  }

  #startWorker(makeWorker: () => Worker): void {
    const { clock, signals, start } = this.#options;
    const side = new WorkerSide(makeWorker, { clock, signals, start }, this.#listener, {
      onReady: () => this.#useSide(side),
      onDeath: () => void this.#takeOver(),
      isAwaited: () => this.#unanswered.size > 0,
    });
    this.#starting = side;
  }

  #useSide(side: SendingSide): void {
    if (this.#closed) return side.end();
    this.#side = side;
    for (const { message } of this.#unanswered.values()) side.run(message);
    this.#options.onChange();
  }

  /** The worker is gone. The journal is the truth, and what it may not have is still here. */
  async #takeOver(): Promise<void> {
    this.#side = null;
    if (this.#closed) return;
    const { clock, knownTakes, makeEngine } = this.#options;
    const page = new PageSide(makeEngine, this.#listener);
    try {
      await page.engine.restore(knownTakes());
    } catch {
      // The journal does not open now. Going on without it would forget the takes it holds.
      page.end();
      clock.after(reopenAfterMs, () => void this.#takeOver());
      return;
    }
    this.#useSide(page);
  }

  #settle(call: number, outcome: { value: unknown } | { failed: string }): void {
    const unanswered = this.#unanswered.get(call);
    if (!unanswered) return;
    this.#unanswered.delete(call);
    if (unanswered.heldBytes > 0) this.#publishLink();
    if ('failed' in outcome) unanswered.reject(new Error(outcome.failed));
    else unanswered.resolve(outcome.value);
  }

  #events(): SendingEvents {
    return {
      take: (report) => {
        const { takeId } = report.record;
        const before = this.#reports.get(takeId);
        // An engine that took over was not there when these came.
        const { opened = null, receipt = null } = before ?? {};
        this.#reports.set(takeId, {
          ...report,
          opened: report.opened ?? opened,
          receipt: report.receipt ?? receipt,
        });
        this.#watchers.get(takeId)?.();
      },
      retired: (takeId) => {
        this.#retired.add(takeId);
        this.#watchers.get(takeId)?.();
        this.#watchers.delete(takeId);
      },
      link: (report) => {
        this.#linkReport = report;
        this.#publishLink();
      },
      memoryOnly: () => {
        this.#memoryOnly = true;
        this.#options.onChange();
      },
      renewSession: () => this.#options.renewSession(),
    };
  }

  #publishLink(): void {
    let heldBytes = 0;
    for (const unanswered of this.#unanswered.values()) heldBytes += unanswered.heldBytes;
    this.#link.set({ ...this.#linkReport, backlogBytes: this.#linkReport.backlogBytes + heldBytes });
  }
}
