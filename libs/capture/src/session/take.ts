import type { FinalisedTake, ReturnTake, TakeLease } from '@fairtake/contracts';
import type { Clock } from '../clock';
import { CaptureError } from '../errors';
import type { Journal, JournalTake } from '../journal/journal';
import { Observable } from '../observable';
import type { RecordingFault } from '../recording/recorder';
import type { LinkReports, MakeTakeRecording, TakeRecorder } from '../recording-sink';
import { TakeSink } from './take-sink';
import type { TakeUpload } from '../upload/take-upload';
import type { Uploader } from '../upload/uploader';

/**
 * - `open`: nothing recorded yet. `recording`. `interrupted`: a fault or a reload ended the recording; the person
 *   goes on (`record`), keeps what there is (`stop`), or gives the take back (`giveBack`).
 * - `draining`: stopped, bytes are going out. `finalising`. `parked`: waits for network, server or person (`error`).
 * - `done`: the server has verified all of it. `refused`: it never will (`error`). `returned`: does not count.
 *   `discarded`: the person gave it up, the local bytes are gone.
 */
export type TakePhase =
  | 'open'
  | 'recording'
  | 'interrupted'
  | 'draining'
  | 'finalising'
  | 'parked'
  | 'done'
  | 'refused'
  | 'returned'
  | 'discarded';

export interface TakeSnapshot {
  takeId: string;
  questionId: string;
  phase: TakePhase;
  /** ISO date and time by this device's clock, for showing only. */
  startedAt: string;
  /** Up to the last bytes received from the recorder. For a running clock use `Take.elapsedMs()`. */
  recordedMs: number;
  bytesProduced: number;
  bytesAcknowledged: number;
  /** `received` means durable and verified on the server, nothing less. */
  saved: 'device' | 'sending' | 'received';
  kept: boolean;
  /** What ended the recording, when it was not the person. */
  fault: RecordingFault | null;
  /**
   * Why it is parked or refused: a problem code, or `offline`, `unreachable`,
   * `server_unavailable`, `no_media`, `device_lost_bytes`.
   */
  error: string | null;
  /** The server's times and limits for this take, once it answered. */
  lease: TakeLease | null;
  /** The server's receipt with its verdict; null when it was finalised by an earlier page. */
  receipt: FinalisedTake | null;
}

export interface TakeParts {
  journal: Journal;
  uploader: Uploader;
  clock: Clock;
  makeTakeRecording: MakeTakeRecording;
  link: LinkReports;
  onChange: () => void;
}

/** One attempt at one answer: recorded, journalled, uploaded and finalised. Survives reloads through the journal. */
export class Take {
  readonly takeId: string;
  readonly questionId: string;
  readonly #parts: TakeParts;
  readonly #restored: boolean;
  readonly #state: Observable<TakeSnapshot>;
  #upload: TakeUpload | null = null;
  #recording: TakeRecorder | null = null;
  #stopAtMs: number | null = null;
  #ending: Promise<void> | null = null;
  #fault: RecordingFault | null = null;
  #cancelLimit: () => void = () => undefined;
  /** The last snapshot stands: another tab owns the take now, or it is gone from this device. */
  #frozen = false;

  private constructor(record: JournalTake, restored: boolean, parts: TakeParts) {
    this.takeId = record.takeId;
    this.questionId = record.questionId;
    this.#parts = parts;
    this.#restored = restored;
    this.#state = new Observable(firstSnapshot(record));
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);
  readonly getSnapshot = (): TakeSnapshot => this.#state.getSnapshot();

  /** Starts a take: recorder first, so the person's first word is not lost to a slow network; opening follows. */
  static async begin(
    record: Omit<JournalTake, 'mimeTypes' | 'recorder'>,
    stream: MediaStream,
    parts: TakeParts,
  ): Promise<Take> {
    const take = new Take({ ...record, recorder: 'baseline', mimeTypes: [] }, false, parts);
    const recording = take.#newRecording(stream, 0, 0);
    take.#recording = recording;
    const { recorder, mimeType } = await recording.start(take.#onFault);
    await parts.journal.replaceTake({ ...record, recorder, mimeTypes: [mimeType] });
    take.#upload = await parts.uploader.add(record.takeId, false, take.#publish);
    recording.attach(new TakeSink(parts.journal, take.#upload));
    take.#publish();
    return take;
  }

  /** Picks up a take of an earlier page. Its upload goes on at once; finalising waits for `stop` if it was cut. */
  static async restore(record: JournalTake, parts: TakeParts): Promise<Take> {
    const take = new Take(record, true, parts);
    take.#upload = await parts.uploader.add(record.takeId, true, take.#publish);
    take.#publish();
    return take;
  }

  /** Milliseconds recorded up to now, for a running clock. */
  elapsedMs(): number {
    return this.#recording?.recordedMs ?? this.getSnapshot().recordedMs;
  }

  /** Stops by itself when this much has been recorded in all; call again to change it. */
  stopAfter(recordedMs: number): void {
    this.#cancelLimit();
    this.#stopAtMs = recordedMs;
    this.#cancelLimit = this.#parts.clock.after(this.#remainingMs() ?? 0, () => void this.stop());
  }

  /**
   * Goes on with an interrupted take as a new segment. After a reload the server is asked for a new lease first:
   * rejects `offline` when it cannot be reached, `refused`, or `foreign_segments` when another device went on.
   */
  async record(stream: MediaStream): Promise<void> {
    if (this.getSnapshot().phase !== 'interrupted')
      throw new CaptureError('wrong_state', 'The take is not interrupted');
    const upload = this.#upload!;
    if (this.#restored && upload.opened === null) await this.#reopen(upload);
    if ((upload.opened?.nextSegment ?? 0) > upload.segmentCount) {
      throw new CaptureError('foreign_segments', 'Another device recorded into this take');
    }
    const { recordedMs } = this.#parts.journal.take(this.takeId);
    const recording = this.#newRecording(stream, upload.segmentCount, recordedMs);
    await recording.start(this.#onFault);
    recording.attach(new TakeSink(this.#parts.journal, upload));
    this.#recording = recording;
    this.#ending = null;
    this.#fault = null;
    this.#publish();
  }

  /** Ends the recording and keeps what there is. Resolves when all of it is in the journal; sending goes on. */
  async stop(): Promise<void> {
    if (this.#frozen || this.#parts.journal.take(this.takeId).state !== 'recording') return;
    await this.#endSegment();
    if (this.#frozen || this.#parts.journal.take(this.takeId).state !== 'recording') return;
    await this.#parts.journal.changeTake(this.takeId, { state: 'stopped' });
    await this.#upload!.finish();
  }

  /** Tells the server that a technical fault ended the take; it will not count. Retried until it arrives. */
  async giveBack(reason: ReturnTake['reason']): Promise<void> {
    if (this.#frozen) return;
    await this.#endSegment();
    await this.#parts.journal.changeTake(this.takeId, { state: 'returning', returnReason: reason });
    this.#upload!.giveBack();
  }

  /** The person chose to go on here although another tab or device holds the take. */
  takeOver(): void {
    if (!this.#frozen) this.#upload!.reopen(true);
  }

  /** Tries again now instead of after the back-off, e.g. on a button or after signing in again. */
  retry(): void {
    if (!this.#frozen) this.#upload!.nudge();
  }

  /** The person chose this take as the answer. Its local bytes go once the server has verified them. */
  async keep(): Promise<void> {
    if (this.#frozen) return;
    await this.#parts.journal.changeTake(this.takeId, { kept: true });
    this.#publish();
  }

  /** The person chose against this take: stops sending and drops the local bytes. Tell the server first. */
  async discard(): Promise<void> {
    if (this.#frozen) return;
    await this.#endSegment();
    this.#state.set({ ...this.getSnapshot(), phase: 'discarded' });
    await this.#retire();
  }

  /** What was recorded on this device, one playable Blob per segment; empty once the local bytes are gone. */
  async recordedBlobs(): Promise<Blob[]> {
    if (this.#frozen) return [];
    const { journal } = this.#parts;
    const { mimeTypes } = journal.take(this.takeId);
    const { fragments } = await journal.contents(this.takeId);
    const blobs: Blob[] = [];
    for (const [segment, type] of mimeTypes.entries()) {
      const last = fragments.filter((fragment) => fragment.segment === segment).at(-1);
      const bytes = last && (await journal.read(this.takeId, segment, 0, last.sequence));
      if (bytes) blobs.push(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
    }
    return blobs;
  }

  /** Another tab owns the journal from now on: stop the camera's recorder and write nothing more. */
  detach(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    this.#cancelLimit();
    void this.#recording?.abandon();
    this.#state.set({ ...this.getSnapshot(), phase: 'parked', saved: 'device', error: 'take_elsewhere' });
  }

  #newRecording(stream: MediaStream, firstSegment: number, recordedBeforeMs: number): TakeRecorder {
    const { clock, link, makeTakeRecording } = this.#parts;
    const remainingMs = (): number | null => this.#remainingMs();
    return makeTakeRecording({ stream, clock, firstSegment, recordedBeforeMs, remainingMs, link });
  }

  #remainingMs(): number | null {
    return this.#stopAtMs === null ? null : Math.max(0, this.#stopAtMs - this.elapsedMs());
  }

  readonly #onFault = (fault: RecordingFault): void => {
    this.#fault ??= fault;
    void this.#endSegment();
  };

  #endSegment(): Promise<void> {
    this.#cancelLimit();
    this.#ending ??= (this.#recording?.end() ?? Promise.resolve()).then(() => {
      this.#recording = null;
      this.#publish();
    });
    return this.#ending;
  }

  async #reopen(upload: TakeUpload): Promise<void> {
    upload.reopen(true);
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        const failed = upload.state !== 'sending' && upload.state !== 'finalising';
        if (upload.opened === null && !failed) return;
        unsubscribe();
        if (upload.opened !== null) resolve();
        else if (upload.state === 'waiting')
          reject(new CaptureError('offline', 'The server cannot be reached now'));
        else reject(new CaptureError('refused', 'The take cannot go on', { reason: upload.error ?? '' }));
      };
      const unsubscribe = this.subscribe(check);
      check();
    });
  }

  async #retire(): Promise<void> {
    this.#frozen = true;
    this.#parts.uploader.remove(this.#upload!);
    await this.#parts.journal.forget(this.takeId);
    this.#parts.onChange();
  }

  readonly #publish = (): void => {
    if (this.#frozen || !this.#upload) return;
    const record = this.#parts.journal.take(this.takeId);
    const upload = this.#upload;
    const snapshot: TakeSnapshot = {
      ...this.getSnapshot(),
      phase: this.#phase(record, upload),
      recordedMs: record.recordedMs,
      bytesProduced: upload.bytesProduced,
      bytesAcknowledged: upload.bytesAcknowledged,
      saved: savedWhere(upload),
      kept: record.kept,
      fault: this.#fault,
      error: upload.error,
      lease: upload.opened,
      receipt: upload.receipt,
    };
    this.#state.set(snapshot);
    this.#parts.onChange();
    // A refusal ends the recording: nothing recorded from here on would count.
    if (snapshot.phase === 'refused' && this.#recording) void this.#endSegment();
    if (snapshot.phase === 'returned' || (snapshot.phase === 'done' && record.kept)) void this.#retire();
  };

  #phase(record: JournalTake, upload: TakeUpload): TakePhase {
    const { state } = upload;
    if (state === 'finalised') return 'done';
    if (state === 'refused' || state === 'returned') return state;
    if (this.#recording) return this.#ending ? 'draining' : 'recording';
    if (record.state === 'recording') return 'interrupted';
    if (state === 'waiting' || state === 'blocked') return 'parked';
    return state === 'finalising' ? 'finalising' : 'draining';
  }
}

function savedWhere(upload: TakeUpload): TakeSnapshot['saved'] {
  if (upload.state === 'finalised') return 'received';
  const moving = upload.bytesAcknowledged > 0 || upload.bytesInFlight > 0;
  return moving && (upload.state === 'sending' || upload.state === 'finalising') ? 'sending' : 'device';
}

function firstSnapshot(record: JournalTake): TakeSnapshot {
  return {
    takeId: record.takeId,
    questionId: record.questionId,
    phase: 'open',
    startedAt: record.startedAt,
    recordedMs: record.recordedMs,
    bytesProduced: 0,
    bytesAcknowledged: 0,
    saved: 'device',
    kept: record.kept,
    fault: null,
    error: null,
    lease: null,
    receipt: null,
  };
}
