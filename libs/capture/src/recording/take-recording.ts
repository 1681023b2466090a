import { limits } from '@fairtake/contracts/limits';
import { CaptureError } from '../errors';
import type { RecordingSink, SegmentStart, TakeRecorder, TakeRecordingRequest } from '../recording-sink';
import { ladder, type RungName } from './ladder';
import type { MakeRecorder, Recorder, RecordingFault } from './recorder';
import { RungControl } from './rung-control';
import { RunningSegment } from './running-segment';
import { SinkQueue } from './sink-queue';

/** The enhanced recorder bound to one stream: its recorders take over from one another without losing a picture. */
export interface EnhancedSource {
  makeRecorder(rung: (typeof ladder)[number]): Recorder;
  /** Lets go of the stream. */
  close(): void;
}

export interface TakeRecordingOptions {
  baseline: MakeRecorder;
  /** Null when this page has not proved that its encoder works, or it was switched off. */
  openEnhanced: ((stream: MediaStream) => EnhancedSource) | null;
  startRung: RungName;
  floor: RungName;
  /** Brings the camera near a rung's size before a baseline recorder starts; it cannot scale by itself. */
  fitCamera: (stream: MediaStream, rung: (typeof ladder)[number]) => Promise<void>;
  /** The enhanced recorder did not start or failed in the middle. */
  onEnhancedFailed: () => void;
  /** The rung at the end, where the next answer may begin. */
  onEnd: (rung: RungName) => void;
}

/** Why a new segment is due. */
interface CutReason {
  /** The old recorder is broken. */
  because?: RecordingFault;
  /** The old recorder is as good as it was: where no new one starts, it goes on. */
  mayStay?: true;
}

const tickMs = 1_000;
/** Kept for rotations, faults and returns after an interruption: the server takes 64 segments in all. */
const segmentReserve = 16;
/** A baseline recorder that fails again so soon will not recover by itself. */
const hopelessMs = 5_000;
const restartsMax = 3;
const betweenResizesMs = 2_000;
/** Of the segments, what rotations must leave for faults and returns. */
const restartReserve = 8;

/** By its name alone: it may come from a worker as words. */
function faultOfWrite(error: unknown): RecordingFault {
  const detail = `not written: ${String(error)}`;
  return { kind: /quota/i.test(detail) ? 'memory_full' : 'recorder_error', device: null, detail };
}

/**
 * Records a take over as many segments as it needs. Goes on alone through a change of rung, a turned phone and an
 * encoder that fails (recording ⇄ cutting); a device that was taken away or muted is the person's to decide, so it
 * ends the recording with a fault. The clock stands still while nothing is recorded.
 */
export class TakeRecording implements TakeRecorder {
  readonly #request: TakeRecordingRequest;
  readonly #options: TakeRecordingOptions;
  readonly #queue = new SinkQueue((error) => this.#onFault(faultOfWrite(error)));
  readonly #control: RungControl;
  readonly #hasPicture: boolean;
  readonly #segments: RunningSegment[] = [];
  #enhanced: EnhancedSource | null = null;
  /** Given up, and still read by the segment that runs. */
  #left: EnhancedSource | null = null;
  #current: RunningSegment | null = null;
  #nextNumber: number;
  #restarts = 0;
  #starting: Promise<unknown> = Promise.resolve();
  #cutting: Promise<void> | null = null;
  /** What recorders reported while a cut was under way. */
  #deferred: (() => void)[] = [];
  /** The picture changed its size and no new segment was begun for it yet. */
  #resizeDue = false;
  #cutAtMs = Number.NEGATIVE_INFINITY;
  #ended = false;
  #onFault: (fault: RecordingFault) => void = () => undefined;
  #cancelTick: () => void = () => undefined;

  constructor(request: TakeRecordingRequest, options: TakeRecordingOptions) {
    this.#request = request;
    this.#options = options;
    this.#nextNumber = request.firstSegment;
    this.#hasPicture = request.stream.getVideoTracks().length > 0;
    const { clock, link, remainingMs } = request;
    this.#control = new RungControl({
      start: this.#hasPicture ? options.startRung : 'audio',
      floor: this.#hasPicture ? options.floor : 'audio',
      nowMs: clock.nowMs(),
      segmentBudget: Math.max(0, limits.takeMaxSegments - segmentReserve - request.firstSegment),
      ...{ link, remainingMs },
    });
  }

  get recordedMs(): number {
    return this.#segments.reduce((sum, segment) => sum + segment.recordedMs, this.#request.recordedBeforeMs);
  }

  get rung(): RungName {
    return ladder[this.#control.rung]!.name;
  }

  async start(onFault: (fault: RecordingFault) => void): Promise<SegmentStart> {
    this.#onFault = onFault;
    const { stream } = this.#request;
    this.#enhanced = this.#options.openEnhanced?.(stream) ?? null;
    const starting = this.#startFirst();
    this.#starting = starting.catch(() => undefined);
    const start = await starting;
    this.#scheduleTick();
    return start;
  }

  attach(sink: RecordingSink): void {
    this.#queue.attach(sink);
  }

  async end(): Promise<void> {
    await this.#stop();
    await this.#queue.drained();
  }

  async abandon(): Promise<void> {
    this.#queue.abandon();
    await this.#stop();
  }

  async #stop(): Promise<void> {
    this.#ended = true;
    this.#cancelTick();
    await this.#starting;
    await this.#cutting;
    for (const segment of this.#segments) await segment.end();
    this.#closeLeft();
    this.#enhanced?.close();
    this.#enhanced = null;
    this.#options.onEnd(ladder[this.#control.wanted]!.name);
  }

  /** The enhanced recorder first; an encoder that passed its test and does not start now is left alone. */
  async #startFirst(): Promise<SegmentStart> {
    const rung = this.#control.wanted;
    if (this.#enhanced) {
      try {
        return await this.#begin(rung).started;
      } catch {
        this.#leaveEnhanced();
        this.#closeLeft();
      }
    }
    await this.#options.fitCamera(this.#request.stream, ladder[rung]!);
    try {
      return await this.#begin(rung).started;
    } catch (error) {
      this.#ended = true;
      throw error;
    }
  }

  /** Starts a recorder at a rung. It becomes the current one when it really runs. */
  #begin(rung: number): { started: Promise<SegmentStart> } {
    const { clock, stream } = this.#request;
    const recorder =
      this.#enhanced?.makeRecorder(ladder[rung]!) ?? this.#options.baseline(stream, ladder[rung]!);
    const segment = new RunningSegment(recorder, {
      queue: this.#queue,
      takeMs: () => this.recordedMs,
      onProduced: (sizeBytes) => this.#control.produced(sizeBytes, clock.nowMs()),
    });
    const listener = {
      onFault: (fault: RecordingFault) => this.#recorderFault(segment, fault),
      onResize: () => this.#whenCurrent(segment, () => this.#resized()),
    };
    const started = segment
      .start(listener, () => this.#nextNumber++)
      .then((start) => {
        this.#segments.push(segment);
        this.#current = segment;
        this.#control.began(rung, clock.nowMs());
        if (!this.#cutting) this.#catchUp();
        return start;
      });
    return { started };
  }

  #recorderFault(segment: RunningSegment, fault: RecordingFault): void {
    this.#whenCurrent(segment, () => {
      const isEncoder = fault.kind === 'stalled' || fault.kind === 'recorder_error';
      if (!isEncoder || !this.#mayRestart(segment)) {
        this.#onFault(fault);
        return;
      }
      this.#leaveEnhanced();
      this.#cut(this.#control.wanted, { because: fault });
    });
  }

  #mayRestart(segment: RunningSegment): boolean {
    if (segment.recorder.kind === 'enhanced') return true;
    const live = this.#request.stream.getTracks().every((track) => track.readyState === 'live');
    return live && ++this.#restarts <= restartsMax && segment.recordedMs >= hopelessMs;
  }

  /** For the rest of this take. What is still being recorded keeps its source until it has ended. */
  #leaveEnhanced(): void {
    if (this.#enhanced) this.#options.onEnhancedFailed();
    this.#left ??= this.#enhanced;
    this.#enhanced = null;
  }

  /** Runs `act` for the recorder that is recording; later, while one is starting or a cut is under way. */
  #whenCurrent(segment: RunningSegment, act: () => void): void {
    if (this.#ended) return;
    if (this.#cutting || !this.#segments.includes(segment))
      this.#deferred.push(() => this.#whenCurrent(segment, act));
    else if (segment === this.#current) act();
  }

  #cut(rung: number, reason: CutReason = {}): void {
    this.#resizeDue = false;
    this.#cutAtMs = this.#request.clock.nowMs();
    this.#cutting = this.#changeSegment(rung, reason).finally(() => {
      this.#cutting = null;
      this.#catchUp();
    });
  }

  #catchUp(): void {
    for (const again of this.#deferred.splice(0)) again();
  }

  /** A shared window may change its size twenty times a second: one cut in two seconds, and not without end. */
  #resized(): void {
    const tooSoon = this.#request.clock.nowMs() - this.#cutAtMs < betweenResizesMs;
    this.#resizeDue = tooSoon;
    if (!tooSoon && this.#nextNumber < limits.takeMaxSegments - restartReserve)
      this.#cut(this.#control.wanted);
  }

  async #changeSegment(rung: number, reason: CutReason): Promise<void> {
    const old = this.#current!;
    const seamless = this.#enhanced !== null && old.recorder.kind === 'enhanced';
    if (!seamless && !reason.because) await this.#options.fitCamera(this.#request.stream, ladder[rung]!);
    if (this.#ended) return;
    const { started } = this.#begin(rung);
    // An enhanced recorder hands over at a picture. Any other runs on until the new one says that it runs, which takes a
    // slow machine seconds and at most the recorder's own patience: a word heard twice is better than one that is lost.
    try {
      await started;
    } catch (error) {
      if (!(await this.#lastTry(rung, reason, error))) return;
    }
    await old.end();
    this.#closeLeft();
  }

  /**
   * A cut that failed: one more try with the recorder every browser has, while the old one runs on.
   *
   * @returns false when the old one is still the best there is
   */
  async #lastTry(rung: number, { because, mayStay }: CutReason, error: unknown): Promise<boolean> {
    this.#leaveEnhanced();
    try {
      if (!this.#ended) await this.#begin(rung).started;
      return true;
    } catch {
      const { clock } = this.#request;
      if (mayStay) {
        // Tried again no sooner than after any other cut.
        this.#control.began(this.#control.rung, clock.nowMs());
        return false;
      }
      const detail = error instanceof CaptureError ? error.message : 'cut failed';
      this.#onFault(because ?? { kind: 'recorder_error', device: null, detail });
      return true;
    }
  }

  #closeLeft(): void {
    this.#left?.close();
    this.#left = null;
  }

  #scheduleTick(): void {
    if (this.#ended || !this.#hasPicture) return;
    this.#cancelTick = this.#request.clock.after(tickMs, () => {
      this.#tick();
      this.#scheduleTick();
    });
  }

  #tick(): void {
    const recorder = this.#current?.recorder;
    if (!recorder || this.#cutting || this.#ended) return;
    if (this.#resizeDue) {
      this.#resized();
      return;
    }
    const { aimAt, overloaded = false } = recorder;
    const step = this.#control.step(this.#request.clock.nowMs(), { canAim: aimAt !== undefined, overloaded });
    if (step.do === 'cut') this.#cut(step.rung, { mayStay: true });
    if (step.do === 'aim') recorder.aimAt?.(ladder[step.rung]!.videoBitsPerSecond);
  }
}
