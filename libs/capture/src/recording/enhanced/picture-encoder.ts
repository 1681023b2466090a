import type { Rung, Size } from '../ladder';

/** One encoded picture or piece of sound with its place on the page's clock. */
export interface Packet<Meta> {
  data: Uint8Array;
  isKey: boolean;
  atUs: number;
  durationUs: number;
  meta: Meta | undefined;
}

export interface PictureLook {
  given: number;
  out: number;
  crowded: number;
}

/**
 * Whether a device cannot keep up: most pictures find the encoder behind, and far fewer come out than were asked for.
 * A camera in the dark gives few pictures as well, but they find the encoder idle. Pure.
 */
export function isOverloaded(
  looks: readonly PictureLook[],
  spanMs: number,
  framesPerSecond: number,
): boolean {
  const sum = (of: (look: PictureLook) => number): number =>
    looks.reduce((total, look) => total + of(look), 0);
  const wanted = (framesPerSecond * spanMs) / 1_000;
  return (
    sum(({ crowded }) => crowded) > sum(({ given }) => given) / 2 && sum(({ out }) => out) < wanted * 0.6
  );
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
/**
 * Pictures the encoder may have waiting. More would only be memory and delay: later ones are dropped instead. Chromium
 * itself stops at two that are not given back (decisions: frames are never held), so there this is never reached.
 */
const queueMax = 4;
/** Pictures in the encoder at which the next one finds it behind. */
const behind = 2;

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
  /** In the encoder now. */
  #inside = 0;
  #given = 0;
  #out = 0;
  #crowded = 0;

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
    if (this.#inside >= behind) this.#crowded++;
    if (this.#encoder.encodeQueueSize > queueMax) return;
    this.#dueUs = Math.max(this.#dueUs + this.#intervalUs, atUs);
    const keyFrame = atUs >= this.#keyDueUs;
    if (keyFrame) this.#keyDueUs = atUs + keyFrameIntervalUs - this.#intervalUs / 2;
    this.#given++;
    this.#inside++;
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

  /** What happened since the last look. `crowded`: how often a picture found the encoder behind. */
  look(): PictureLook {
    const seen = { given: this.#given, out: this.#out, crowded: this.#crowded };
    this.#given = 0;
    this.#out = 0;
    this.#crowded = 0;
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
    this.#inside--;
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    const durationUs = Math.round(this.#intervalUs);
    this.#options.onPacket({ data, isKey: chunk.type === 'key', atUs: chunk.timestamp, durationUs, meta });
  }
}
