import type { ReturnTake } from '@fairtake/contracts';
import type { Clock } from '../clock';
import { CaptureError } from '../errors';
import type { JournalTake } from '../journal/journal';
import { Observable } from '../observable';
import type { RungName } from '../recording/ladder';
import type { RecordingFault } from '../recording/recorder';
import type { MakeTakeRecording, TakeRecorder } from '../recording-sink';
import type { KnownTake, TakeReport } from '../sending/sending-calls';
import type { SendingHost } from '../sending/sending-host';
import { SleepWatch } from './sleep-watch';
import { TakeSink } from './take-sink';
import { emptySnapshot, snapshotOf, type RecordingActivity, type TakeSnapshot } from './take-snapshot';

export interface TakeParts {
  sending: SendingHost;
  clock: Clock;
  makeTakeRecording: MakeTakeRecording;
  onChange: () => void;
}

/** One attempt at one answer: recorded, journalled, uploaded and finalised. Survives reloads through the journal. */
export class Take {
  readonly takeId: string;
  readonly questionId: string;
  readonly #parts: TakeParts;
  readonly #restored: boolean;
  readonly #state: Observable<TakeSnapshot>;
  #recording: TakeRecorder | null = null;
  #sink: TakeSink | null = null;
  #sleep: SleepWatch | null = null;
  #stopAtMs: number | null = null;
  #ending: Promise<void> | null = null;
  #fault: RecordingFault | null = null;
  #cancelLimit: () => void = () => undefined;
  /** The last snapshot stands: another tab owns the take now, or it is gone from this device. */
  #frozen = false;

  private constructor(first: TakeSnapshot, restored: boolean, parts: TakeParts) {
    this.takeId = first.takeId;
    this.questionId = first.questionId;
    this.#parts = parts;
    this.#restored = restored;
    this.#state = new Observable(first);
    parts.sending.watch(this.takeId, () => this.#publish());
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#state.subscribe(listener);
  readonly getSnapshot = (): TakeSnapshot => this.#state.getSnapshot();

  /** Starts a take: recorder first, so the person's first word is not lost to a slow network; opening follows. */
  static async begin(
    record: Omit<JournalTake, 'mimeTypes' | 'recorder'>,
    stream: MediaStream,
    parts: TakeParts,
  ): Promise<Take> {
    const take = new Take(emptySnapshot(record), false, parts);
    const recording = take.#newRecording(stream, 0, 0);
    take.#recording = recording;
    try {
      const { recorder, mimeType } = await recording.start(take.#onFault);
      await parts.sending.call('begin', { ...record, recorder, mimeTypes: [mimeType] });
      // A recorder needs seconds on a slow machine; meanwhile the person may have gone on in another tab.
      if (parts.sending.isClosed) throw new CaptureError('not_owner', 'Another tab records this interview');
    } catch (error) {
      await recording.abandon();
      throw error;
    }
    take.#attach(recording);
    take.#publish();
    return take;
  }

  /** Picks up a take of an earlier page. Its upload goes on at once; finalising waits for `stop` if it was cut. */
  static restore(report: TakeReport, parts: TakeParts): Take {
    return new Take(snapshotOf(report, 'none', null), true, parts);
  }

  /** Milliseconds recorded up to now, for a running clock. */
  elapsedMs(): number {
    // Whoever asks after a sleep learns of the sleep first: the clock went on, the recording did not.
    this.#sleep?.alive();
    return this.#recording?.recordedMs ?? this.getSnapshot().recordedMs;
  }

  /** The quality being recorded now; null while nothing is, or where it never changes. */
  rung(): RungName | null {
    return this.#recording?.rung ?? null;
  }

  /** Stops by itself when this much has been recorded in all; call again to change it. */
  stopAfter(recordedMs: number): void {
    this.#cancelLimit();
    this.#stopAtMs = recordedMs;
    this.#cancelLimit = this.#parts.clock.after(this.#remainingMs() ?? 0, () => {
      this.#sleep?.alive();
      if (this.#fault === null) void this.stop();
    });
  }

  /**
   * Goes on with an interrupted take as a new segment. After a reload the server is asked for a new lease first:
   * rejects `offline` when it cannot be reached, `refused`, or `foreign_segments` when another device went on.
   */
  async record(stream: MediaStream): Promise<void> {
    this.#requireInterrupted();
    if (this.#restored && !this.#report?.opened) await this.#reopen();
    // While the server was asked the person may have stopped the take, given it back, or gone on in another tab.
    this.#requireInterrupted();
    const { opened, segmentCount, filledCount, record } = this.#report!;
    if ((opened?.nextSegment ?? 0) > filledCount) {
      throw new CaptureError('foreign_segments', 'Another device recorded into this take');
    }
    const recording = this.#newRecording(stream, segmentCount, record.recordedMs);
    await recording.start(this.#onFault);
    try {
      this.#requireInterrupted();
    } catch (error) {
      await recording.abandon();
      throw error;
    }
    this.#recording = recording;
    this.#ending = null;
    this.#fault = null;
    this.#attach(recording);
    this.#publish();
  }

  #requireInterrupted(): void {
    if (this.getSnapshot().phase !== 'interrupted')
      throw new CaptureError('wrong_state', 'The take is not interrupted');
  }

  /** Ends the recording and keeps what there is. Resolves when all of it is in the journal; sending goes on. */
  async stop(): Promise<void> {
    if (this.#frozen || this.#report?.record.state !== 'recording') return;
    await this.#endRecording();
    if (!this.#frozen) await this.#parts.sending.call('stop', this.takeId);
  }

  /** Tells the server that a technical fault ended the take; it will not count. Retried until it arrives. */
  async giveBack(reason: ReturnTake['reason']): Promise<void> {
    if (this.#frozen) return;
    await this.#endRecording();
    await this.#parts.sending.call('giveBack', this.takeId, reason);
  }

  /** The person chose to go on here although another tab or device holds the take. */
  takeOver(): void {
    if (!this.#frozen) void this.#parts.sending.call('reopen', this.takeId, true);
  }

  /** Tries again now instead of after the back-off, e.g. on a button or after signing in again. */
  retry(): void {
    if (!this.#frozen) void this.#parts.sending.call('retry', this.takeId);
  }

  /** The person chose this take as the answer. Its local bytes go once the server has verified them. */
  async keep(): Promise<void> {
    if (!this.#frozen) await this.#parts.sending.call('keep', this.takeId);
  }

  /** The person chose against this take: stops sending and drops the local bytes. Tell the server first. */
  async discard(): Promise<void> {
    if (this.#frozen) return;
    await this.#endRecording();
    this.#frozen = true;
    this.#state.set({ ...this.getSnapshot(), phase: 'discarded' });
    await this.#parts.sending.call('forget', this.takeId);
    this.#parts.onChange();
  }

  /** What was recorded on this device, one playable Blob per segment; empty once the local bytes are gone. */
  async recordedBlobs(): Promise<Blob[]> {
    if (this.#frozen) return [];
    const segments = (await this.#parts.sending.call('readBack', this.takeId)) ?? [];
    return segments.map(({ bytes, mimeType }) => new Blob([bytes], { type: mimeType }));
  }

  /** Another tab owns the journal from now on: stop the camera's recorder and write nothing more. */
  detach(): void {
    if (this.#frozen) return;
    this.#frozen = true;
    this.#cancelLimit();
    this.#sleep?.stop();
    void this.#recording?.abandon();
    this.#state.set({ ...this.getSnapshot(), phase: 'parked', saved: 'device', error: 'take_elsewhere' });
  }

  /** For an engine that takes over in mid-recording; null when the take needs none any more. */
  get known(): KnownTake | null {
    return this.#frozen ? null : { takeId: this.takeId, openSegments: this.#sink?.openSegments ?? [] };
  }

  /** Ends the recording because the device can hold no more of it; what there is stays. */
  interrupt(fault: RecordingFault): void {
    if (this.#recording && !this.#ending) this.#onFault(fault);
  }

  get #report(): TakeReport | undefined {
    return this.#parts.sending.report(this.takeId);
  }

  #newRecording(stream: MediaStream, firstSegment: number, recordedBeforeMs: number): TakeRecorder {
    const { clock, makeTakeRecording, sending } = this.#parts;
    const remainingMs = (): number | null => this.#remainingMs();
    return makeTakeRecording({
      stream,
      clock,
      firstSegment,
      recordedBeforeMs,
      remainingMs,
      link: sending.link,
    });
  }

  #attach(recording: TakeRecorder): void {
    const { clock, sending } = this.#parts;
    const sleep = new SleepWatch(clock, (sleptMs) =>
      this.interrupt({ kind: 'asleep', device: null, detail: `${Math.round(sleptMs / 1_000)} s` }),
    );
    this.#sleep = sleep;
    this.#sink = new TakeSink(this.takeId, sending, () => sleep.alive());
    recording.attach(this.#sink);
  }

  #remainingMs(): number | null {
    return this.#stopAtMs === null ? null : Math.max(0, this.#stopAtMs - this.elapsedMs());
  }

  readonly #onFault = (fault: RecordingFault): void => {
    this.#fault ??= fault;
    void this.#endRecording();
    this.#publish();
  };

  #endRecording(): Promise<void> {
    this.#cancelLimit();
    this.#sleep?.stop();
    this.#ending ??= (this.#recording?.end() ?? Promise.resolve()).then(() => {
      this.#recording = null;
      this.#sink = null;
      this.#publish();
    });
    return this.#ending;
  }

  async #reopen(): Promise<void> {
    await this.#parts.sending.call('reopen', this.takeId, true);
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        const { state, error, opened } = this.#report!;
        if (!opened && (state === 'sending' || state === 'finalising')) return;
        unsubscribe();
        if (opened) resolve();
        else if (state === 'waiting') reject(new CaptureError('offline', 'The server cannot be reached now'));
        else reject(new CaptureError('refused', 'The take cannot go on', { reason: error ?? '' }));
      };
      const unsubscribe = this.subscribe(check);
      check();
    });
  }

  #publish(): void {
    const report = this.#report;
    if (this.#frozen || !report) return;
    const activity: RecordingActivity = this.#recording ? (this.#ending ? 'ending' : 'recording') : 'none';
    const snapshot = snapshotOf(report, activity, this.#fault);
    this.#frozen = this.#parts.sending.isRetired(this.takeId);
    this.#state.set(snapshot);
    this.#parts.onChange();
    // A refusal ends the recording: nothing recorded from here on would count.
    if (snapshot.phase === 'refused' && this.#recording) void this.#endRecording();
    // Nor could it be whole any more: better to say so now and give the person the take back.
    const { lostFor } = report;
    if (lostFor !== null) this.interrupt({ kind: 'recorder_error', device: null, detail: lostFor });
  }
}
