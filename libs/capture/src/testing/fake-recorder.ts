import type { Clock } from '../clock';
import { CaptureError } from '../errors';
import type { Rung } from '../recording/ladder';
import type { Recorder, RecorderListener, RecorderState, RecordingFault } from '../recording/recorder';

export interface FakeRecorderOptions {
  kind: Recorder['kind'];
  rung: Rung;
  clock: Clock;
  startMs?: number;
  failsToStart?: boolean;
  /** The bytes of the n-th second. */
  second?: (n: number) => Uint8Array;
}

/** A recorder that produces a piece each second and fails when a test says so. */
export class FakeRecorder implements Recorder {
  readonly kind: Recorder['kind'];
  readonly rung: Rung;
  readonly wholeFragments = true;
  overloaded = false;
  readonly aimed: number[] = [];
  readonly aimAt?: (videoBitsPerSecond: number) => void;
  state: RecorderState = 'idle';
  stoppedAtMs: number | null = null;
  startedAtMs = 0;
  readonly #options: FakeRecorderOptions;
  #listener: RecorderListener | null = null;
  #cancel: () => void = () => undefined;
  #seconds = 0;

  constructor(options: FakeRecorderOptions) {
    this.#options = options;
    this.kind = options.kind;
    this.rung = options.rung;
    if (options.kind === 'enhanced') this.aimAt = (bitsPerSecond) => void this.aimed.push(bitsPerSecond);
  }

  get recordedMs(): number {
    if (this.state === 'idle' || this.state === 'priming') return 0;
    return (this.stoppedAtMs ?? this.#options.clock.nowMs()) - this.startedAtMs;
  }

  async start(listener: RecorderListener): Promise<string> {
    const { clock, failsToStart, rung, startMs = 60 } = this.#options;
    this.#listener = listener;
    this.state = 'priming';
    await new Promise<void>((resolve) => void clock.after(startMs, resolve));
    if (failsToStart) throw new CaptureError('recorder_failed', 'As the test wants it');
    this.state = 'recording';
    this.startedAtMs = clock.nowMs();
    this.#next();
    return `${rung.shortSide === null ? 'audio' : 'video'}/mp4`;
  }

  async stop(): Promise<void> {
    if (this.state === 'sealed') return;
    this.stoppedAtMs ??= this.#options.clock.nowMs();
    this.state = 'sealed';
    this.#cancel();
    this.#give();
  }

  fail(fault: Partial<RecordingFault> = {}): void {
    this.#listener?.onFault({
      kind: 'recorder_error',
      device: null,
      detail: 'as the test wants it',
      ...fault,
    });
  }

  turn(): void {
    this.#listener?.onResize?.();
  }

  #next(): void {
    this.#cancel = this.#options.clock.after(1_000, () => {
      this.#give();
      this.#next();
    });
  }

  #give(): void {
    this.#listener?.onBytes(this.#options.second?.(this.#seconds) ?? Uint8Array.of(this.#seconds));
    this.#seconds++;
  }
}
