import type { Clock } from '../clock';
import type { CaptureEnvironment } from '../environment';
import { openIndexedDbStore } from '../journal/indexeddb-store';
import { BaselineRecorder } from '../recording/baseline-recorder';
import { singleSegment } from './segment-recording';
import { openCapture, type CaptureOptions, type CaptureSession } from '../session/capture-session';
import type { Take } from '../session/take';
import { FakeCaptureServer, type Fault } from './fake-capture-server';
import { FakeLocks } from './fake-locks';
import { FakeStream, fakeMediaRecorder } from './fake-media';
import { FakeSignals } from './fake-signals';
import { FakeWorker } from './fake-worker';
import { mp4 } from './mp4-bytes';
import { VirtualClock } from './virtual-clock';

export interface FakeBrowserOptions {
  indexedDB: IDBFactory;
  /** Lets everything that waits for no timer finish. */
  settle: () => Promise<void>;
  /** Raw 32-byte SHA-256. */
  hash: (bytes: Uint8Array) => Uint8Array;
}

export interface FakePageOptions extends Partial<CaptureOptions> {
  /** What becomes of the page's worker. Default: the page has none. */
  worker?: 'good' | 'mute' | 'throws' | 'no_storage';
}

const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** One browser (its IndexedDB and locks), one server, any number of pages and their workers. */
export class FakeBrowser {
  readonly clock: VirtualClock;
  readonly signals = new FakeSignals();
  readonly locks = new FakeLocks();
  readonly stream = new FakeStream('audio', 'video');
  readonly server: FakeCaptureServer;
  /** What each recorder made, in order of recorders. */
  readonly produced: Uint8Array[][] = [];
  readonly workers: FakeWorker[] = [];
  /** Requests the page itself made. */
  pageRequests = 0;
  fault: Fault = 'none';
  delayMs = 20;
  /** How long a recorder needs to start. */
  startMs = 5;
  readonly #options: FakeBrowserOptions;
  #ids = 0;

  constructor(options: FakeBrowserOptions) {
    this.#options = options;
    this.clock = new VirtualClock(options.settle);
    const sha256 = (bytes: Uint8Array): string => toHex(options.hash(bytes));
    const { clock } = this;
    const [fault, delayMs] = [() => this.fault, () => this.delayMs];
    this.server = new FakeCaptureServer({ clock, sha256, fault, delayMs });
  }

  async page({ worker, ...options }: FakePageOptions = {}): Promise<CaptureSession> {
    const makeWorker = worker ? { makeWorker: () => this.#worker(worker) } : {};
    const environment = this.environment();
    const opening = openCapture({ interviewId: 'interview', environment, ...makeWorker, ...options });
    await this.clock.advance(600);
    // A page that waits for a worker in vain opens after all.
    if (worker && worker !== 'good') await this.clock.advance(6_000);
    return opening;
  }

  /** The page dies without a word, as in a crash: nothing is flushed. */
  async crash(session: CaptureSession): Promise<void> {
    const closing = session.close();
    await this.clock.advance(1_100);
    await closing;
  }

  async record(session: CaptureSession, questionId = 'question', stopAfterMs?: number): Promise<Take> {
    const stream = this.stream.asMediaStream();
    const limit = stopAfterMs === undefined ? {} : { stopAfterMs };
    const starting = session.startTake({ questionId, stream, ...limit });
    await this.clock.advance(50);
    return starting;
  }

  async wait<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => undefined);
    await this.clock.advance(1_000);
    return promise;
  }

  until(take: Take, phase: string): Promise<void> {
    return this.clock.until(() => take.getSnapshot().phase === phase);
  }

  environment(): CaptureEnvironment {
    const { hash, indexedDB } = this.#options;
    return {
      fetch: (input, init) => {
        this.pageRequests++;
        return this.server.fetch(input, init);
      },
      indexedDB,
      locks: this.locks.asLockManager(),
      clock: this.clock,
      random: () => 0.5,
      digest: async (bytes) => hash(bytes),
      signals: this.signals,
      makeTakeRecording: singleSegment((stream) => this.#recorder(stream, this.clock)),
      newId: () => `take-${++this.#ids}`,
      now: () => new Date('2026-11-22T12:00:00Z'),
      askPersistence: () => undefined,
    };
  }

  #worker(kind: NonNullable<FakePageOptions['worker']>): Worker {
    if (kind === 'throws') throw new DOMException('Not allowed here', 'SecurityError');
    const { hash, indexedDB } = this.#options;
    const { clock } = this;
    const worker = new FakeWorker({
      isMute: kind === 'mute',
      ground: {
        fetch: this.server.fetch,
        clock,
        digest: async (bytes) => hash(bytes),
        random: () => 0.5,
        locks: this.locks.asLockManager(),
        openStore: () =>
          kind === 'no_storage' ? Promise.reject(new Error('none')) : openIndexedDbStore(indexedDB, clock),
      },
    });
    this.workers.push(worker);
    return worker.asWorker();
  }

  #recorder(stream: MediaStream, clock: Clock): BaselineRecorder {
    const produced: Uint8Array[] = [];
    const generation = this.produced.push(produced);
    return new BaselineRecorder(stream, {
      clock,
      videoBitsPerSecond: 1_200_000,
      audioBitsPerSecond: 48_000,
      MediaRecorder: fakeMediaRecorder({
        clock,
        supported: ['video/mp4;codecs=avc1.42E01E,opus'],
        slice: (n) => (n === 0 ? mp4.init() : mp4.group(60_000, (generation * 31 + n) % 251)),
        produced,
        options: [],
        startMs: () => this.startMs,
      }),
    });
  }
}
