import type { Clock, Recorder, RecorderListener, RecorderState, RecordingFault } from '../../src';

const timesliceMs = 1_000;

/** What one recorder handed over: the truth that everything else is compared with. */
export class RecorderRun {
  readonly pieces: Uint8Array[] = [];
  /** Ends the recording as a fault of the device does. */
  fail: (fault: RecordingFault) => void = () => undefined;
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
  }

  get sizeBytes(): number {
    return this.pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  }

  /** No two recorders and no two pieces make the same bytes. */
  produce(sizeBytes: number): Uint8Array {
    const piece = new Uint8Array(sizeBytes + 8).fill(this.pieces.length + 1);
    new DataView(piece.buffer).setUint32(0, this.#id);
    new DataView(piece.buffer).setUint32(4, this.pieces.length);
    this.pieces.push(piece);
    return piece;
  }
}

/** A recorder that makes the given sizes, one a second, and a last one when it is stopped. */
export class ScriptedRecorder implements Recorder {
  readonly kind = 'baseline';
  state: RecorderState = 'idle';
  readonly #clock: Clock;
  readonly #run: RecorderRun;
  readonly #nextSize: () => number;
  #listener: RecorderListener | null = null;
  #startedAtMs = 0;
  #endedAtMs: number | null = null;
  #cancel: () => void = () => undefined;

  constructor(clock: Clock, run: RecorderRun, nextSize: () => number) {
    this.#clock = clock;
    this.#run = run;
    this.#nextSize = nextSize;
  }

  get recordedMs(): number {
    if (this.state === 'idle' || this.state === 'priming') return 0;
    return (this.#endedAtMs ?? this.#clock.nowMs()) - this.#startedAtMs;
  }

  async start(listener: RecorderListener): Promise<string> {
    this.state = 'priming';
    this.#listener = listener;
    await new Promise<void>((resolve) => this.#clock.after(5, resolve));
    this.#startedAtMs = this.#clock.nowMs();
    this.state = 'recording';
    this.#run.fail = (fault) => this.state === 'recording' && listener.onFault(fault);
    this.#tick();
    return 'video/webm;codecs=vp8,opus';
  }

  async stop(): Promise<void> {
    if (this.state !== 'recording') return;
    this.state = 'stopping';
    this.#endedAtMs = this.#clock.nowMs();
    this.#cancel();
    await new Promise<void>((resolve) => this.#clock.after(5, resolve));
    this.#hand();
    this.state = 'sealed';
  }

  #tick(): void {
    this.#cancel = this.#clock.after(timesliceMs, () => {
      this.#hand();
      this.#tick();
    });
  }

  #hand(): void {
    this.#listener?.onBytes(this.#run.produce(this.#nextSize()));
  }
}
