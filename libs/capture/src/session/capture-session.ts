import { CandidateApi } from '../upload/candidate-api';
import { recordToMemory, type MemoryRecording } from '../devices/memory-recording';
import { browserEnvironment, type CaptureEnvironment } from '../environment';
import { CaptureError } from '../errors';
import { FallbackStore } from '../journal/fallback-store';
import { openIndexedDbStore } from '../journal/indexeddb-store';
import { Journal } from '../journal/journal';
import { Notes } from './notes';
import { Observable } from '../observable';
import { TabOwnership, type Ownership } from './ownership';
import { restoreTakes, unfinishedOf, type UnfinishedTake } from './resume';
import { Take, type TakeParts, type TakeSnapshot } from './take';
import { Uploader } from '../upload/uploader';

export interface CaptureOptions {
  interviewId: string;
  /** Address up to and without `/interviews`. Default `/api/v1/candidate`. */
  baseUrl?: string;
  /** Default 1 200 000: 720p of a talking person. */
  videoBitsPerSecond?: number;
  /** Default 48 000. */
  audioBitsPerSecond?: number;
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
  const bitrates = {
    videoBitsPerSecond: options.videoBitsPerSecond ?? 1_200_000,
    audioBitsPerSecond: options.audioBitsPerSecond ?? 48_000,
  };
  const given = options.environment ?? {};
  const environment = isComplete(given) ? given : { ...browserEnvironment(bitrates), ...given };
  const durable = environment.indexedDB
    ? await openIndexedDbStore(environment.indexedDB, environment.clock).catch(() => null)
    : null;
  const session = new CaptureSession(options, environment, durable);
  await session.claim();
  return session;
}

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
    return this.#parts?.uploader.link.getSnapshot().bytesPerSecond ?? null;
  }

  /** Stops recording and sending in this page. The journal keeps what is not finalised. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#deactivate();
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
    const { clock, digest, fetch, makeTakeRecording, random, signals } = this.#environment;
    const { interviewId, baseUrl = '/api/v1/candidate' } = this.#options;
    const journal = new Journal(this.#store);
    const uploader = new Uploader({
      api: new CandidateApi({ baseUrl, interviewId, fetch, clock }),
      journal,
      clock,
      digest,
      random,
      signals,
      renewSession: this.#options.renewSession ?? (async () => false),
    });
    const onChange = (): void => this.#publish();
    const parts: TakeParts = { journal, uploader, clock, makeTakeRecording, link: uploader.link, onChange };
    this.#parts = parts;
    const takes = await restoreTakes(interviewId, parts);
    // The ownership may have gone while the journal was read.
    if (this.#parts === parts) this.#takes = takes;
    else for (const take of takes) take.detach();
    this.#publish();
  }

  #deactivate(): void {
    this.#parts?.uploader.stop();
    this.#parts = null;
    for (const take of this.#takes) take.detach();
    this.#takes = [];
  }

  #publish(): void {
    this.#takes = this.#takes.filter((take) => take.getSnapshot().phase !== 'discarded');
    const takes = this.#takes.map((take) => take.getSnapshot());
    this.#state.set({
      ownership: this.#ownership.getSnapshot(),
      memoryOnly: this.#store.memoryOnly,
      atRisk: takes.some(isAtRisk),
      takes,
    });
  }
}

function isAtRisk({ phase }: TakeSnapshot): boolean {
  return phase !== 'done' && phase !== 'returned' && phase !== 'refused';
}
