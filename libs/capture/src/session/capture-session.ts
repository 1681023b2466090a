import { recordToMemory, type MemoryRecording } from '../devices/memory-recording';
import { browserEnvironment, type CaptureEnvironment } from '../environment';
import { CaptureError } from '../errors';
import { FallbackStore } from '../journal/fallback-store';
import { openIndexedDbStore } from '../journal/indexeddb-store';
import { Notes } from './notes';
import { Observable } from '../observable';
import type { RecordingChoices } from '../recording/adaptive-recording';
import { TabOwnership, type Ownership } from './ownership';
import { restoreTakes, unfinishedOf, type UnfinishedTake } from './resume';
import { Take, type TakeParts } from './take';
import type { TakeSnapshot } from './take-snapshot';
import { endOtherEngines } from '../sending/engine-fence';
import { SendingEngine } from '../sending/sending-engine';
import { SendingHost } from '../sending/sending-host';

export interface CaptureOptions {
  interviewId: string;
  /** Address up to and without `/interviews`. Default `/api/v1/candidate`. */
  baseUrl?: string;
  /** Asked at the start of every take. Default: 720p30, down to sound alone, with the enhanced recorder where it works. */
  recording?: () => RecordingChoices;
  /**
   * Makes the dedicated worker for journal and uploads: a script that calls `serveCapture()` of
   * `@fairtake/capture/worker`. Default: none; the same work is then done by the page, as it is when the worker does
   * not start within 5 s or dies.
   */
  makeWorker?: () => Worker;
  /**
   * Where the device gives no storage: so many bytes that the server does not have are held in memory, then the
   * recording is interrupted with the fault `memory_full`. Default 94 000 000, ten minutes at 1248 kbit/s.
   */
  memoryMaxBytes?: number;
  /** Called once when the server says the session has ended; true when there is a new one. Default: false. */
  renewSession?: () => Promise<boolean>;
  /** Replaces parts of the browser, in tests. */
  environment?: Partial<CaptureEnvironment>;
}

export interface CaptureSnapshot {
  ownership: Ownership;
  /** The device gives no storage: what is not acknowledged is lost when this page closes. Tell the person. */
  memoryOnly: boolean;
  /** Something recorded is not verified by the server yet: warn before the page closes. */
  atRisk: boolean;
  /** Where journal and uploads run; null while no tab or another one owns the interview. For diagnosis. */
  sending: 'worker' | 'page' | null;
  /** Takes this page knows, oldest first. */
  takes: readonly TakeSnapshot[];
}

export interface StartTake {
  questionId: string;
  /** Live camera and microphone, or microphone only. The caller keeps it and stops its tracks. */
  stream: MediaStream;
  /** Stops by itself after this; the answer limit and its grace. Default: never. */
  stopAfterMs?: number;
}

/**
 * Recording and sending of one interview in one tab. Opens the journal, finds out whether this tab owns the
 * interview, and if so picks up what an earlier page left. Throws `insecure_context` without HTTPS.
 */
export async function openCapture(options: CaptureOptions): Promise<CaptureSession> {
  const choices = options.recording ?? (() => ({}));
  const given = options.environment ?? {};
  const environment = isComplete(given) ? given : { ...browserEnvironment(choices), ...given };
  const durable = environment.indexedDB
    ? await openIndexedDbStore(environment.indexedDB, environment.clock).catch(() => null)
    : null;
  const session = new CaptureSession(options, environment, durable);
  await session.claim();
  return session;
}

const defaultMemoryMaxBytes = 94_000_000;

/** A worker's relative addresses are relative to its script. */
const absolute = (url: string): string =>
  globalThis.location === undefined ? url : new URL(url, globalThis.location.href).href;

const environmentKeys: readonly (keyof CaptureEnvironment)[] = [
  'fetch',
  'indexedDB',
  'locks',
  'clock',
  'random',
  'digest',
  'signals',
  'makeTakeRecording',
  'newId',
  'now',
  'askPersistence',
];

const isComplete = (given: Partial<CaptureEnvironment>): given is CaptureEnvironment =>
  environmentKeys.every((key) => key in given);

/** See {@link openCapture}. `subscribe` and `getSnapshot` fit React's `useSyncExternalStore`. */
export class CaptureSession {
  /** Private notes of this interview, on this device only. */
  readonly notes: Notes;
  readonly #options: CaptureOptions;
  readonly #environment: CaptureEnvironment;
  readonly #store: FallbackStore;
  readonly #ownership: TabOwnership;
  readonly #state: Observable<CaptureSnapshot>;
  #parts: TakeParts | null = null;
  #takes: Take[] = [];
  /** Activations and losses in the order they happened. */
  #switching: Promise<void> = Promise.resolve();
  #closed = false;
  #persistenceAsked = false;

  /** Use {@link openCapture}. */
  constructor(
    options: CaptureOptions,
    environment: CaptureEnvironment,
    durable: ConstructorParameters<typeof FallbackStore>[0],
  ) {
    this.#options = options;
    this.#environment = environment;
    this.#store = new FallbackStore(durable, () => this.#publish());
    this.notes = new Notes(this.#store, options.interviewId);
    this.#ownership = new TabOwnership(options.interviewId, environment.locks, environment.clock);
    this.#state = new Observable<CaptureSnapshot>({
      ownership: 'elsewhere',
      memoryOnly: this.#store.memoryOnly,
      atRisk: false,
      sending: null,
      takes: [],
    });
    this.#ownership.subscribe(() => this.#switch());
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);
  readonly getSnapshot = (): CaptureSnapshot => this.#state.getSnapshot();

  /** Called by {@link openCapture}. */
  async claim(): Promise<void> {
    await this.#ownership.claim();
    await this.#switching;
  }

  /** The person chose this tab. Resolves when it owns the interview and has picked up its takes. */
  async takeOver(): Promise<void> {
    await this.#ownership.takeOver();
    await this.#switching;
  }

  /**
   * Starts recording an answer. Resolves when the recorder really runs (its type is known), not when the server
   * answered: an answer may start offline. Rejects `not_owner`, `unsupported` or `recorder_failed`.
   */
  async startTake({ questionId, stream, stopAfterMs }: StartTake): Promise<Take> {
    const parts = this.#parts;
    if (!parts) throw new CaptureError('not_owner', 'Another tab records this interview');
    const { newId, now, askPersistence } = this.#environment;
    if (!this.#persistenceAsked) askPersistence();
    this.#persistenceAsked = true;
    const record = {
      takeId: newId(),
      interviewId: this.#options.interviewId,
      questionId,
      state: 'recording' as const,
      startedAt: now().toISOString(),
      recordedMs: 0,
      lease: null,
      segmentLeases: [null],
      kept: false,
    };
    const take = await Take.begin(record, stream, parts);
    this.#takes.push(take);
    if (stopAfterMs !== undefined) take.stopAfter(stopAfterMs);
    this.#publish();
    return take;
  }

  /**
   * Records into memory with the recorders of a take: for the device check and for practice. Nothing is written to
   * the journal and nothing is sent. Rejects `unsupported` or `recorder_failed`.
   */
  recordToMemory(stream: MediaStream): Promise<MemoryRecording> {
    return recordToMemory(stream, this.#environment);
  }

  /** Takes cut by a reload, a crash or a fault that wait for the person: go on, keep, or give back. */
  unfinishedTakes(): UnfinishedTake[] {
    return unfinishedOf(this.#takes);
  }

  /** Every take this page knows: its own and those picked up from an earlier page. Oldest first. */
  takes(): readonly Take[] {
    return this.#takes;
  }

  /** A take of this page or an earlier one; null when this device holds nothing of it. */
  resumeTake(takeId: string): Take | null {
    return this.#takes.find((take) => take.takeId === takeId) ?? null;
  }

  /** Bytes per second the server acknowledges; null while unknown. */
  get bytesPerSecond(): number | null {
    return this.#parts?.sending.link.getSnapshot().bytesPerSecond ?? null;
  }

  /** Stops recording and sending in this page. The journal keeps what is not finalised. */
  async close(): Promise<void> {
    this.#closed = true;
    const closing = this.#parts?.sending.close();
    this.#detachTakes();
    this.#parts = null;
    await closing;
    await this.#switching;
    this.#ownership.release();
    this.#store.close();
  }

  #switch(): void {
    const ownership = this.#ownership.getSnapshot();
    if (ownership === 'owner') this.#switching = this.#switching.then(() => this.#activate());
    else this.#deactivate();
    this.#publish();
  }

  async #activate(): Promise<void> {
    if (this.#closed || this.#parts || this.#ownership.getSnapshot() !== 'owner') return;
    const { clock, locks, makeTakeRecording } = this.#environment;
    await endOtherEngines(this.#options.interviewId, locks);
    if (this.#closed || this.#ownership.getSnapshot() !== 'owner') return;
    const onChange = (): void => this.#publish();
    const parts: TakeParts = { sending: this.#openSending(), clock, makeTakeRecording, onChange };
    this.#parts = parts;
    const takes = await restoreTakes(parts);
    // The ownership may have gone while the journal was read.
    if (this.#parts === parts) this.#takes = takes;
    else for (const take of takes) take.detach();
    this.#publish();
  }

  #openSending(): SendingHost {
    const { clock, digest, fetch, random, signals } = this.#environment;
    const { interviewId, makeWorker, renewSession = async () => false } = this.#options;
    const start = { interviewId, baseUrl: absolute(this.#options.baseUrl ?? '/api/v1/candidate') };
    const store = this.#store;
    const sending = new SendingHost({
      clock,
      signals,
      start,
      renewSession,
      // A worker would have no more storage than the page, and its memory is harder to save than the page's.
      makeWorker: makeWorker && !store.memoryOnly ? makeWorker : null,
      makeEngine: (events) =>
        new SendingEngine({ ...start, store, fetch, clock, digest, random, signals }, events),
      knownTakes: () => this.#takes.flatMap((take) => take.known ?? []),
      onChange: () => this.#publish(),
    });
    sending.link.subscribe(() => this.#checkMemory(sending));
    return sending;
  }

  #deactivate(): void {
    this.#parts?.sending.end();
    this.#parts = null;
    this.#detachTakes();
  }

  #detachTakes(): void {
    for (const take of this.#takes) take.detach();
    this.#takes = [];
  }

  get #memoryOnly(): boolean {
    return this.#store.memoryOnly || this.#parts?.sending.memoryOnly === true;
  }

  #checkMemory(sending: SendingHost): void {
    const { memoryMaxBytes = defaultMemoryMaxBytes } = this.#options;
    if (!this.#memoryOnly || sending.link.getSnapshot().backlogBytes < memoryMaxBytes) return;
    const detail = `${memoryMaxBytes} bytes in memory`;
    for (const take of this.#takes) take.interrupt({ kind: 'memory_full', device: null, detail });
  }

  #publish(): void {
    this.#takes = this.#takes.filter((take) => take.getSnapshot().phase !== 'discarded');
    const takes = this.#takes.map((take) => take.getSnapshot());
    this.#state.set({
      ownership: this.#ownership.getSnapshot(),
      memoryOnly: this.#memoryOnly,
      sending: this.#parts?.sending.where ?? null,
      atRisk: takes.some(isAtRisk),
      takes,
    });
  }
}

function isAtRisk({ phase }: TakeSnapshot): boolean {
  return phase !== 'done' && phase !== 'returned' && phase !== 'refused';
}
