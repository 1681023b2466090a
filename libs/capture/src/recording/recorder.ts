/** What went wrong with a recording although the person did nothing. */
export interface RecordingFault {
  /**
   * `device_ended`: unplugged or taken away. `device_muted`: no input for 1.5 s (a call, a lid, an app switch on
   * iOS). `stalled`: the encoder went silent. `recorder_error`: the browser's recorder gave up.
   */
  kind: 'device_ended' | 'device_muted' | 'stalled' | 'recorder_error';
  device: 'camera' | 'microphone' | null;
  /** For logs. */
  detail: string;
}

export interface RecorderListener {
  /** Never empty, strictly in order, all of it before `stop()` resolves. */
  onBytes(bytes: Uint8Array): void;
  onFault(fault: RecordingFault): void;
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
  /** Resolves with the type really recorded. Rejects `unsupported` or `recorder_failed`. */
  start(listener: RecorderListener): Promise<string>;
  /** Resolves when every byte has been handed to the listener. Safe to call in any state, more than once. */
  stop(): Promise<void>;
}

export type MakeRecorder = (stream: MediaStream) => Recorder;
