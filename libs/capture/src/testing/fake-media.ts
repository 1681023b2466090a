import type { Clock } from '../clock';

/** A media track a test can end, mute and unmute. */
export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  readonly label: string;
  muted = false;
  readyState: 'live' | 'ended' = 'live';
  settings: MediaTrackSettings;
  /** Every wish, in order. A fake camera fulfils it at once. */
  readonly constraints: MediaTrackConstraints[] = [];

  constructor(kind: 'audio' | 'video') {
    super();
    this.kind = kind;
    this.label = `fake ${kind}`;
    this.settings = kind === 'video' ? { width: 1_280, height: 720 } : {};
  }

  getSettings(): MediaTrackSettings {
    return this.settings;
  }

  async applyConstraints(wish: MediaTrackConstraints): Promise<void> {
    this.constraints.push(wish);
    const ideal = (value: ConstrainULong | undefined): number | undefined =>
      typeof value === 'object' ? value.ideal : value;
    this.settings = { ...this.settings, width: ideal(wish.width), height: ideal(wish.height) };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  give(event: 'ended' | 'mute' | 'unmute'): void {
    if (event === 'ended') this.readyState = 'ended';
    else this.muted = event === 'mute';
    this.dispatchEvent(new Event(event));
  }
}

export class FakeStream {
  readonly tracks: FakeTrack[];

  constructor(...kinds: ('audio' | 'video')[]) {
    this.tracks = kinds.map((kind) => new FakeTrack(kind));
  }

  getTracks(): FakeTrack[] {
    return this.tracks;
  }

  getVideoTracks(): FakeTrack[] {
    return this.tracks.filter((track) => track.kind === 'video');
  }

  getAudioTracks(): FakeTrack[] {
    return this.tracks.filter((track) => track.kind === 'audio');
  }

  asMediaStream(): MediaStream {
    return this as unknown as MediaStream;
  }
}

export interface FakeRecorderScript {
  clock: Clock;
  /** What `isTypeSupported` says yes to. */
  supported: readonly string[];
  /** The type reported after start, by the type asked for. */
  actual?: (asked: string) => string;
  /** The bytes of the n-th timeslice; null for none at all. The last call (`tail`) is the rest at stop. */
  slice: (n: number, tail: boolean) => Uint8Array | null;
  /** How long the n-th blob takes to be read. */
  readMs?: (n: number) => number;
  /** Every byte that was produced by any recorder of this script, in order. */
  produced: Uint8Array[];
  options: unknown[];
  failStart?: boolean;
  /** From `start()` to the event. Default 5. */
  startMs?: () => number;
}

/** A MediaRecorder class that plays the script. */
export function fakeMediaRecorder(script: FakeRecorderScript): typeof MediaRecorder {
  class FakeMediaRecorder {
    static isTypeSupported(type: string): boolean {
      return script.supported.includes(type);
    }

    mimeType = '';
    state: 'inactive' | 'recording' = 'inactive';
    onstart: (() => void) | null = null;
    onstop: (() => void) | null = null;
    onerror: ((event: unknown) => void) | null = null;
    ondataavailable: ((event: { data: Blob }) => void) | null = null;
    readonly #asked: string;
    #slices = 0;
    #cancel: () => void = () => undefined;

    constructor(_stream: MediaStream, options: { mimeType: string }) {
      this.#asked = options.mimeType;
      script.options.push(options);
    }

    start(timesliceMs: number): void {
      if (script.failStart) throw new DOMException('no', 'NotSupportedError');
      this.state = 'recording';
      script.clock.after(script.startMs?.() ?? 5, () => {
        if (this.state === 'inactive') return;
        this.mimeType = (script.actual ?? ((asked: string) => asked))(this.#asked);
        this.onstart?.();
        this.#next(timesliceMs);
      });
    }

    stop(): void {
      if (this.state === 'inactive') return;
      this.state = 'inactive';
      this.#cancel();
      script.clock.after(5, () => {
        this.#emit(true);
        this.onstop?.();
      });
    }

    #next(timesliceMs: number): void {
      this.#cancel = script.clock.after(timesliceMs, () => {
        this.#emit(false);
        this.#next(timesliceMs);
      });
    }

    #emit(tail: boolean): void {
      const n = this.#slices++;
      const bytes = script.slice(n, tail);
      if (bytes === null) return;
      if (this.ondataavailable) script.produced.push(bytes);
      const arrayBuffer = (): Promise<ArrayBuffer> =>
        new Promise((resolve) => {
          const finish = (): void => resolve(bytes.slice().buffer as ArrayBuffer);
          const readMs = script.readMs?.(n) ?? 0;
          if (readMs > 0) script.clock.after(readMs, finish);
          else finish();
        });
      this.ondataavailable?.({ data: { size: bytes.byteLength, arrayBuffer } as Blob });
    }
  }
  return FakeMediaRecorder as unknown as typeof MediaRecorder;
}
