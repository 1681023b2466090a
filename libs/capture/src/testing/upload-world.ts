import { Journal, type JournalTake } from '../journal/journal';
import { MemoryJournalStore, type JournalStore } from '../journal/journal-store';
import { CandidateApi } from '../upload/candidate-api';
import type { TakeUpload } from '../upload/take-upload';
import { Uploader } from '../upload/uploader';
import { FakeCaptureServer, type Fault } from './fake-capture-server';
import { FakeSignals } from './fake-signals';
import { VirtualClock } from './virtual-clock';

const interviewId = 'interview';

export interface UploadWorldOptions {
  /** Raw 32-byte SHA-256. */
  hash: (bytes: Uint8Array) => Uint8Array;
  settle: () => Promise<void>;
  /** One per request; `none` when they are used up. */
  faults?: Fault[];
  fault?: (request: { method: string; url: string }) => Fault;
  /** One per request; 20 ms when they are used up. */
  delaysMs?: number[];
  delayMs?: () => number;
  random?: () => number;
  renewSession?: () => Promise<boolean>;
}

/** The sending half of one device, and one server. `reload` is a page that dies at once and a new one. */
export class UploadWorld {
  readonly clock: VirtualClock;
  readonly store: JournalStore = new MemoryJournalStore();
  readonly signals = new FakeSignals();
  readonly server: FakeCaptureServer;
  /** What was recorded of the first take. */
  readonly produced: Uint8Array[] = [];
  journal = new Journal(this.store);
  uploader: Uploader;
  readonly #options: UploadWorldOptions;
  readonly #uploads = new Map<string, TakeUpload>();
  readonly #sequences = new Map<string, number>();

  constructor(options: UploadWorldOptions) {
    this.#options = options;
    this.clock = new VirtualClock(options.settle);
    const faults = [...(options.faults ?? [])];
    const delaysMs = [...(options.delaysMs ?? [])];
    this.server = new FakeCaptureServer({
      clock: this.clock,
      sha256: (bytes) => [...options.hash(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
      fault: options.fault ?? (() => faults.shift() ?? 'none'),
      delayMs: options.delayMs ?? (() => delaysMs.shift() ?? 20),
    });
    this.uploader = this.#newUploader();
  }

  /** The upload of the first take. */
  get upload(): TakeUpload {
    return this.uploadOf('take');
  }

  uploadOf(takeId: string): TakeUpload {
    return this.#uploads.get(takeId)!;
  }

  async open(takeId = 'take'): Promise<void> {
    await this.journal.replaceTake(newTake(takeId));
    this.#uploads.set(takeId, await this.uploader.add(takeId, false, () => undefined));
  }

  async record(bytes: Uint8Array, segment = 0, takeId = 'take'): Promise<void> {
    if (takeId === 'take') this.produced.push(bytes);
    const sequence = this.#sequences.get(takeId) ?? 0;
    this.#sequences.set(takeId, sequence + 1);
    const fragment = { segment, sequence, sizeBytes: bytes.byteLength };
    await this.journal.appendFragment(takeId, fragment, bytes, (sequence + 1) * 1_000);
    this.uploadOf(takeId).fragmentStored(fragment);
  }

  async finish(takeId = 'take'): Promise<void> {
    await this.journal.changeTake(takeId, { state: 'stopped' });
    await this.uploadOf(takeId).finish();
  }

  async reload(): Promise<void> {
    this.uploader.stop();
    this.journal = new Journal(this.store);
    const takes = await this.journal.takesOf(interviewId);
    this.uploader = this.#newUploader();
    for (const { takeId } of takes) {
      this.#uploads.set(takeId, await this.uploader.add(takeId, true, () => undefined));
    }
  }

  untilFinalised(takeId = 'take'): Promise<void> {
    return this.clock.until(() => this.uploadOf(takeId).state === 'finalised');
  }

  /** Requests whose line ends so or holds this, e.g. `/chunks/`. */
  requests(part: string): string[] {
    return this.server.requests.filter((line) => line.includes(part));
  }

  #newUploader(): Uploader {
    const { clock, journal, server, signals } = this;
    const { hash, random = () => 0.5, renewSession = async () => true } = this.#options;
    return new Uploader({
      api: new CandidateApi({ baseUrl: '/api', interviewId, fetch: server.fetch, clock }),
      journal,
      clock,
      digest: async (bytes) => hash(bytes),
      random,
      signals,
      renewSession,
    });
  }
}

function newTake(takeId: string): JournalTake {
  return {
    takeId,
    interviewId,
    questionId: 'question',
    recorder: 'baseline',
    mimeTypes: ['video/webm'],
    state: 'recording',
    startedAt: '2026-11-22T12:00:00Z',
    recordedMs: 0,
    lease: null,
    segmentLeases: [null],
    kept: false,
  };
}
