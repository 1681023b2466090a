import type { Clock } from '../clock';
import { CaptureError } from '../errors';
import { declaredMimeType, isPlayable, recordableTypes } from './mime-types';
import type { Recorder, RecorderListener, RecorderState, RecordingFault } from './recorder';
import { watchTracks } from './track-watch';

/** Without a timeslice Safari 26 loses the tail, and nothing could be sent before the stop. */
const timesliceMs = 1_000;
/** A browser hands an MP4 fragment over when the next one begins: this is what a crash can cost (decisions: key frames). */
const keyFrameIntervalMs = 1_000;
/** Chromium reports the start with the first encoded bytes; a slow machine needs seconds for them. */
const startTimeoutMs = 8_000;
const stopTimeoutMs = 5_000;
/**
 * Counted in ticks, not in time: a computer that slept ticks once, whatever the clock says. Far above what a sound
 * encoder needs: Chromium hands an MP4 fragment over when the next one begins (measured with Chromium 156: 4 s
 * between blobs at a key frame every 2 s, 10 s and more where the interval is not honoured and light is low).
 */
const stallTicks = 20;

export interface BaselineRecorderOptions {
  clock: Clock;
  /** Always given to the browser: Safari's own choice is 10 Mbit/s. A hint only: a noisy picture asked for 100 kbit/s gave 1161. */
  videoBitsPerSecond: number;
  audioBitsPerSecond: number;
  /** The browser's, or a fake. */
  MediaRecorder: typeof MediaRecorder | undefined;
}

/** Chromium's name for the key frame interval is not in TypeScript's DOM library. */
type RecorderOptions = MediaRecorderOptions & { videoKeyFrameIntervalDuration?: number };

/** Records with the browser's MediaRecorder. */
export class BaselineRecorder implements Recorder {
  readonly kind = 'baseline';
  readonly #stream: MediaStream;
  readonly #options: BaselineRecorderOptions;
  #state: RecorderState = 'idle';
  #recorder: MediaRecorder | null = null;
  #listener: RecorderListener | null = null;
  #reading: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | null = null;
  #startedAtMs = 0;
  #endedAtMs: number | null = null;
  #silentTicks = 0;
  #faulted = false;
  #unwatch: () => void = () => undefined;

  constructor(stream: MediaStream, options: BaselineRecorderOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  get state(): RecorderState {
    return this.#state;
  }

  get recordedMs(): number {
    if (this.#state === 'idle' || this.#state === 'priming') return 0;
    return (this.#endedAtMs ?? this.#options.clock.nowMs()) - this.#startedAtMs;
  }

  async start(listener: RecorderListener): Promise<string> {
    if (this.#state !== 'idle') throw new CaptureError('wrong_state', 'A recorder starts once');
    const { MediaRecorder: Native } = this.#options;
    if (!Native) throw new CaptureError('unsupported', 'This browser has no MediaRecorder');
    this.#state = 'priming';
    this.#listener = listener;
    const hasVideo = this.#stream.getVideoTracks().length > 0;
    for (const type of recordableTypes(hasVideo, (candidate) => Native.isTypeSupported(candidate))) {
      const mimeType = await this.#tryType(Native, type);
      if (mimeType !== null) return mimeType;
    }
    this.#state = 'sealed';
    throw new CaptureError('unsupported', 'This browser records none of our formats');
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Null when the browser fills this type with a codec we cannot use. */
  async #tryType(Native: typeof MediaRecorder, asked: string): Promise<string | null> {
    const { clock, videoBitsPerSecond, audioBitsPerSecond } = this.#options;
    const options: RecorderOptions = {
      mimeType: asked,
      videoBitsPerSecond,
      audioBitsPerSecond,
      videoKeyFrameIntervalDuration: keyFrameIntervalMs,
    };
    try {
      const recorder = new Native(this.#stream, options);
      this.#recorder = recorder;
      // Bytes may come before `start` is seen; nothing is handed over until the type is known to be good.
      const early: Blob[] = [];
      recorder.ondataavailable = (event) => early.push(event.data);
      // What comes between the call and the `start` event is recorded as well, and that takes a busy machine seconds.
      const askedAtMs = clock.nowMs();
      await this.#started(recorder);
      if (this.#state !== 'priming') throw new CaptureError('recorder_failed', 'Stopped while starting');
      if (!isPlayable(recorder.mimeType)) {
        recorder.ondataavailable = null;
        recorder.stop();
        return null;
      }
      this.#startedAtMs = askedAtMs;
      this.#state = 'recording';
      for (const blob of early) this.#read(blob);
      recorder.ondataavailable = (event) => this.#read(event.data);
      this.#watch(recorder);
      return declaredMimeType(recorder.mimeType, asked);
    } catch (cause) {
      this.#state = 'sealed';
      if (cause instanceof CaptureError) throw cause;
      throw new CaptureError('recorder_failed', `MediaRecorder did not start as ${asked}`, { cause });
    }
  }

  #started(recorder: MediaRecorder): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = this.#options.clock.after(startTimeoutMs, () =>
        reject(new CaptureError('recorder_failed', 'MediaRecorder did not start in time')),
      );
      recorder.onstart = () => {
        cancel();
        resolve();
      };
      recorder.onerror = (event) => {
        cancel();
        reject(new CaptureError('recorder_failed', 'MediaRecorder failed while starting', { cause: event }));
      };
      recorder.start(timesliceMs);
    });
  }

  #watch(recorder: MediaRecorder): void {
    const { clock } = this.#options;
    recorder.onerror = (event) => {
      const { error } = event as Event & { error?: DOMException };
      this.#fault({ kind: 'recorder_error', device: null, detail: error?.name ?? 'unknown' });
    };
    // It stops by itself when all its tracks ended; the track's own report names the device and comes first.
    recorder.onstop = () => {
      this.#endedAtMs ??= clock.nowMs();
      if (this.#state === 'recording')
        this.#fault({ kind: 'recorder_error', device: null, detail: 'stopped' });
    };
    const unwatchTracks = watchTracks(this.#stream.getTracks(), clock, (fault) => this.#fault(fault));
    let size = this.#pictureSize();
    let cancelTick = (): void => undefined;
    const tick = (): void => {
      cancelTick = clock.after(timesliceMs, tick);
      if (++this.#silentTicks === stallTicks)
        this.#fault({ kind: 'stalled', device: null, detail: 'no data' });
      // The header names the size at the start; what a turned phone gives afterwards would not decode.
      if (this.#pictureSize() !== size) this.#listener?.onResize?.();
      size = this.#pictureSize();
    };
    cancelTick = clock.after(timesliceMs, tick);
    this.#unwatch = () => {
      unwatchTracks();
      cancelTick();
    };
  }

  #pictureSize(): string {
    const { width, height } = this.#stream.getVideoTracks()[0]?.getSettings() ?? {};
    return `${width}x${height}`;
  }

  /** The last WebM blob may be empty, and Safari 26 sends empty ones between. A 1-byte first blob is data. */
  #read(blob: Blob): void {
    if (blob.size === 0) return;
    this.#silentTicks = 0;
    this.#reading = this.#reading.then(async () => {
      try {
        this.#listener?.onBytes(new Uint8Array(await blob.arrayBuffer()));
      } catch {
        // A hole would make everything behind it unreadable: better to end here with what is whole.
        this.#listener?.onFault({ kind: 'recorder_error', device: null, detail: 'blob unreadable' });
        this.#listener = null;
      }
    });
  }

  #fault(fault: RecordingFault): void {
    if (this.#faulted || this.#state !== 'recording') return;
    this.#faulted = true;
    this.#listener?.onFault(fault);
  }

  async #stop(): Promise<void> {
    const recorder = this.#recorder;
    this.#endedAtMs ??= this.#options.clock.nowMs();
    this.#unwatch();
    this.#state = 'stopping';
    if (recorder && recorder.state !== 'inactive') {
      await new Promise<void>((resolve) => {
        const cancel = this.#options.clock.after(stopTimeoutMs, resolve);
        recorder.onstop = () => {
          cancel();
          resolve();
        };
        recorder.stop();
      });
    }
    await this.#reading;
    this.#state = 'sealed';
  }
}
