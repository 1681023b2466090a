import type { Rung, Size } from '../ladder';

/** One encoded picture or piece of sound with its place on the page's clock. */
export interface Packet<Meta> {
  data: Uint8Array;
  isKey: boolean;
  atUs: number;
  durationUs: number;
  meta: Meta | undefined;
}

export interface PictureEncoderOptions {
  rung: Rung;
  /** Encoded size; the encoder scales whatever the camera gives. */
  size: Size;
  onPacket: (packet: Packet<EncodedVideoChunkMetadata>) => void;
  onError: (error: DOMException) => void;
}

/** See docs/decisions: key frames each second. */
const keyFrameIntervalUs = 1_000_000;
/** Pictures the encoder may have waiting. More would only be memory and delay: later ones are dropped instead. */
const queueMax = 4;

/** H.264 level 3.1 Constrained Baseline: 720p30 and below, decoded by everything. */
const codec = 'avc1.42E01F';

export function pictureConfig(size: Size, framesPerSecond: number, bitrate: number): VideoEncoderConfig {
  return {
    ...{ codec, ...size, bitrate, framerate: framesPerSecond },
    // `quality` mode may hold pictures back; `realtime` answers each at once.
    latencyMode: 'realtime',
    bitrateMode: 'variable',
    avc: { format: 'avc' },
  };
}

/** H.264 at one size and frame rate; the bitrate may change at any time. */
export class PictureEncoder {
  readonly #options: PictureEncoderOptions;
  readonly #encoder: VideoEncoder;
  readonly #intervalUs: number;
  #dueUs = Number.NEGATIVE_INFINITY;
  #keyDueUs = Number.NEGATIVE_INFINITY;
  /** Pictures given in and not come out yet, and how the last looks went. */
  #given = 0;
  #out = 0;
  #dropped = 0;

  constructor(options: PictureEncoderOptions) {
    this.#options = options;
    const { rung, size } = options;
    this.#intervalUs = 1_000_000 / rung.framesPerSecond;
    this.#encoder = new VideoEncoder({
      output: (chunk, meta) => this.#output(chunk, meta),
      error: options.onError,
    });
    this.#encoder.configure(pictureConfig(size, rung.framesPerSecond, rung.videoBitsPerSecond));
  }

  /** Copies nothing and keeps nothing of the frame. Pictures above the frame rate are left out. */
  encode(frame: VideoFrame, atUs: number): void {
    if (this.#encoder.state !== 'configured') return;
    // Cameras are not exact: a picture up to a third of an interval early is the one that was due.
    if (atUs < this.#dueUs - this.#intervalUs / 3) return;
    if (this.#encoder.encodeQueueSize > queueMax) {
      this.#dropped++;
      return;
    }
    this.#dueUs = Math.max(this.#dueUs + this.#intervalUs, atUs);
    const keyFrame = atUs >= this.#keyDueUs;
    if (keyFrame) this.#keyDueUs = atUs + keyFrameIntervalUs - this.#intervalUs / 2;
    this.#given++;
    const placed = new VideoFrame(frame, { timestamp: atUs });
    this.#encoder.encode(placed, { keyFrame });
    placed.close();
  }

  /** Takes effect with the next picture, without a key frame and without a new header. */
  aimAt(bitsPerSecond: number): void {
    const { rung, size } = this.#options;
    if (this.#encoder.state !== 'configured') return;
    this.#encoder.configure(pictureConfig(size, rung.framesPerSecond, bitsPerSecond));
  }

  /** What happened since the last look. */
  look(): { given: number; out: number; dropped: number } {
    const seen = { given: this.#given, out: this.#out, dropped: this.#dropped };
    this.#given = 0;
    this.#out = 0;
    this.#dropped = 0;
    return seen;
  }

  /** Resolves when every picture came out. Rejects when the encoder is gone. */
  flush(): Promise<void> {
    return this.#encoder.state === 'configured' ? this.#encoder.flush() : Promise.resolve();
  }

  close(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #output(chunk: EncodedVideoChunk, meta: EncodedVideoChunkMetadata | undefined): void {
    this.#out++;
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    const durationUs = Math.round(this.#intervalUs);
    this.#options.onPacket({ data, isKey: chunk.type === 'key', atUs: chunk.timestamp, durationUs, meta });
  }
}
