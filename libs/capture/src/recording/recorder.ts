import type { Rung } from './ladder';

/** What went wrong with a recording although the person did nothing. */
export interface RecordingFault {
  /**
   * `device_ended`: unplugged or taken away. `device_muted`: no input for 1.5 s (a call, a lid, an app switch on
   * iOS). `stalled`: the encoder went silent. `recorder_error`: the browser's recorder gave up.
   * `memory_full`: no storage on this device and no network to empty the memory. `asleep`: device or page slept.
   * `left_page`: the person went to another page of the interview, where nothing shows that it records.
   */
  kind:
    'device_ended' | 'device_muted' | 'stalled' | 'recorder_error' | 'memory_full' | 'asleep' | 'left_page';
  device: 'camera' | 'microphone' | null;
  /** For logs. */
  detail: string;
}

export interface RecorderListener {
  /** Never empty, strictly in order, all of it before `stop()` resolves. */
  onBytes(bytes: Uint8Array): void;
  onFault(fault: RecordingFault): void;
  /** The camera's picture has another size now (a phone was turned): a new segment is due. */
  onResize?(): void;
}

/** `priming`: asked to start, nothing recorded yet. `sealed`: every byte was handed over. */
export type RecorderState = 'idle' | 'priming' | 'recording' | 'stopping' | 'sealed';

/**
 * One encoder generation: what fills one segment. The take above it knows nothing else about encoders, so the
 * enhanced recorder (WebCodecs) and rung changes are further makers of this.
 */
export interface Recorder {
  readonly kind: 'baseline' | 'enhanced';
  readonly state: RecorderState;
  /** Milliseconds recorded so far, by the monotonic clock. */
  readonly recordedMs: number;
  /** Every call of `onBytes` is a whole fragment: nothing has to be cut. */
  readonly wholeFragments?: boolean;
  /** The encoder throws pictures away because this device is too slow for them. */
  readonly overloaded?: boolean;
  /** Another target for the picture from now on, in the same segment; absent where only a new recorder can. */
  aimAt?(videoBitsPerSecond: number): void;
  /** Resolves with the type really recorded. Rejects `unsupported` or `recorder_failed`. */
  start(listener: RecorderListener): Promise<string>;
  /** Resolves when every byte has been handed to the listener. Safe to call in any state, more than once. */
  stop(): Promise<void>;
}

export type MakeRecorder = (stream: MediaStream, rung: Rung) => Recorder;
