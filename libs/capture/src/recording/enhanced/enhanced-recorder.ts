import type { Clock } from '../../clock';
import { CaptureError } from '../../errors';
import { sizeAt, type Rung, type Size } from '../ladder';
import type { Recorder, RecorderListener, RecorderState, RecordingFault } from '../recorder';
import { watchTracks } from '../track-watch';
import { FragmentMuxer } from './fragment-muxer';
import type { FeedSink, MediaFeed, SoundFormat } from './media-feed';
import { isOverloaded, PictureEncoder, type Packet, type PictureLook } from './picture-encoder';
import { chooseSoundCodec, SoundEncoder, type SoundCodec } from './sound-encoder';

const startTimeoutMs = 4_000;
/** Flushing took 8 ms when measured; an encoder that hangs must not keep what is already encoded. */
const flushTimeoutMs = 2_000;
/** What a page that was busy has waiting is read in one go; a microphone that is gone gives nothing any more. */
const catchUpMs = 300;
const tickMs = 500;
/**
 * Looks in a row at which nothing came out. Counted in looks, not in time: a computer that slept
 * looks once, whatever the clock says.
 */
const stallTicks = 4;
/** The same for fragments, of which one is due each second. */
const fragmentTicks = 8;
/** Looks after which a device counts as too slow for its rung. */
const overloadTicks = 8;

export interface EnhancedRecorderParts {
  stream: MediaStream;
  feed: MediaFeed;
  rung: Rung;
  clock: Clock;
  /** Sees every encoded picture; for the self-test. */
  onPicture?: (packet: Packet<EncodedVideoChunkMetadata>) => void;
}

/** Resolves with nothing to wait for any more, or after the time. */
function within(clock: Clock, timeoutMs: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, resolve);
    const done = (): void => {
      cancel();
      resolve();
    };
    work.then(done, done);
  });
}

/**
 * Records one segment with the browser's encoders (WebCodecs) and our own muxer: whole fragments of one second, and a
 * bitrate that may change at any moment. One size and frame rate per recorder.
 */
export class EnhancedRecorder implements Recorder, FeedSink {
  readonly kind = 'enhanced';
  readonly wholeFragments = true;
  readonly wantsPictures: boolean;
  readonly #parts: EnhancedRecorderParts;
  #state: RecorderState = 'idle';
  #listener: RecorderListener | null = null;
  #pictures: PictureEncoder | null = null;
  #sound: SoundEncoder | null = null;
  #muxer: FragmentMuxer | null = null;
  #source: Size | null = null;
  #codecs: { video: string | null; audio: string | null } = { video: null, audio: null };
  #began: () => void = () => undefined;
  #failed: (error: CaptureError) => void = () => undefined;
  #firstUs: number | null = null;
  #lastUs = 0;
  #stopped: Promise<void> | null = null;
  #faulted = false;
  #resized = false;
  #silent = { pictures: 0, sound: 0, fragments: 0 };
  /** Where the newest fragment came out. */
  #fragmentUs = 0;
  #looks: PictureLook[] = [];
  #unwatch: () => void = () => undefined;

  constructor(parts: EnhancedRecorderParts) {
    this.#parts = parts;
    this.wantsPictures = parts.rung.shortSide !== null && parts.stream.getVideoTracks().length > 0;
  }

  get state(): RecorderState {
    return this.#state;
  }

  /** What the media itself lasts, which is what the server will count. */
  get recordedMs(): number {
    return this.#firstUs === null ? 0 : Math.max(0, (this.#lastUs - this.#firstUs) / 1_000);
  }

  get overloaded(): boolean {
    return this.#looks.length >= overloadTicks && this.strained;
  }

  /** The same over however little was seen. */
  get strained(): boolean {
    return isOverloaded(this.#looks, this.#looks.length * tickMs, this.#parts.rung.framesPerSecond);
  }

  async start(listener: RecorderListener): Promise<string> {
    if (this.#state !== 'idle') throw new CaptureError('wrong_state', 'A recorder starts once');
    this.#state = 'priming';
    this.#listener = listener;
    const { clock, feed } = this.#parts;
    const began = new Promise<void>((resolve, reject) => {
      this.#began = resolve;
      this.#failed = reject;
    });
    began.catch(() => undefined);
    const cancel = clock.after(startTimeoutMs, () =>
      this.#failed(new CaptureError('recorder_failed', 'The encoders gave nothing in time')),
    );
    try {
      await Promise.race([this.#prepare(), began]);
      feed.join(this);
      await began;
    } catch (error) {
      feed.leave(this);
      this.#close();
      this.#state = 'sealed';
      throw error instanceof CaptureError
        ? error
        : new CaptureError('recorder_failed', 'The encoders did not start', { cause: error });
    } finally {
      cancel();
    }
    this.#watch();
    return this.#mimeType();
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  aimAt(videoBitsPerSecond: number): void {
    this.#pictures?.aimAt(videoBitsPerSecond);
  }

  picture(frame: VideoFrame, atUs: number): void {
    const size = { width: frame.displayWidth, height: frame.displayHeight };
    this.#source ??= size;
    // A turned phone: squeezed into the old shape until the new segment begins.
    if (!this.#resized && (size.width !== this.#source.width || size.height !== this.#source.height)) {
      this.#resized = true;
      this.#listener?.onResize?.();
    }
    this.#guard(() => {
      this.#pictures ??= this.#makePictures(size);
      this.#pictures.encode(frame, atUs);
      this.#note(atUs);
    });
  }

  sound(data: AudioData, atUs: number): void {
    this.#guard(() => {
      if (!this.#sound) return;
      const whole = this.#sound.encode(data, atUs);
      this.#note(atUs);
      if (!whole) this.#fault({ kind: 'stalled', device: null, detail: 'sound lost' });
    });
  }

  async #prepare(): Promise<void> {
    const { feed, rung, stream } = this.#parts;
    const hasSound = stream.getAudioTracks().length > 0;
    const format = hasSound ? await feed.soundFormat : null;
    const codec = format && (await chooseSoundCodec(format, rung.audioBitsPerSecond));
    if (hasSound && !codec) throw new CaptureError('unsupported', 'Neither Opus nor AAC can be encoded here');
    this.#muxer = new FragmentMuxer({
      hasPictures: this.wantsPictures,
      sound: codec,
      onFragment: (bytes) => {
        this.#silent.fragments = 0;
        this.#fragmentUs = this.#lastUs;
        this.#listener?.onBytes(bytes);
      },
      onRefused: (error) => this.#broke(error),
    });
    if (format && codec) this.#sound = this.#makeSound(format, codec);
  }

  #makePictures(source: Size): PictureEncoder {
    const { rung } = this.#parts;
    return new PictureEncoder({
      rung,
      size: sizeAt(rung, source),
      onPacket: (packet) => {
        this.#codecs.video ??= packet.meta?.decoderConfig?.codec ?? null;
        this.#muxer!.addPicture(packet);
        this.#parts.onPicture?.(packet);
        this.#arrived();
      },
      onError: (error) => this.#broke(error),
    });
  }

  #makeSound(format: SoundFormat, codec: SoundCodec): SoundEncoder {
    return new SoundEncoder({
      ...{ format, codec, bitsPerSecond: this.#parts.rung.audioBitsPerSecond },
      onPacket: (packet) => {
        this.#codecs.audio ??= codec.codec;
        this.#muxer!.addSound(packet);
        this.#arrived();
      },
      onError: (error) => this.#broke(error),
    });
  }

  /** It really runs when each track has given something. */
  #arrived(): void {
    if (this.#state !== 'priming') return;
    const { video, audio } = this.#codecs;
    if ((this.wantsPictures && video === null) || (this.#sound && audio === null)) return;
    this.#state = 'recording';
    this.#began();
  }

  #mimeType(): string {
    const codecs = [this.#codecs.video, this.#codecs.audio].filter((codec) => codec !== null);
    return `${this.wantsPictures ? 'video' : 'audio'}/mp4; codecs="${codecs.join(',')}"`;
  }

  #note(atUs: number): void {
    this.#firstUs ??= atUs;
    this.#lastUs = Math.max(this.#lastUs, atUs);
  }

  /** Encoders throw when they are closed or were given what they cannot take. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#broke(error);
    }
  }

  #broke(error: unknown): void {
    const detail = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    if (this.#state === 'priming')
      this.#failed(new CaptureError('recorder_failed', detail, { cause: error }));
    else this.#fault({ kind: 'recorder_error', device: null, detail });
  }

  #fault(fault: RecordingFault): void {
    if (this.#faulted || this.#state !== 'recording') return;
    this.#faulted = true;
    this.#listener?.onFault(fault);
  }

  #watch(): void {
    const { clock, stream } = this.#parts;
    const used = stream.getTracks().filter((track) => track.kind === 'audio' || this.wantsPictures);
    const unwatchTracks = watchTracks(used, clock, (fault) => this.#fault(fault));
    let cancel = (): void => undefined;
    const tick = (): void => {
      cancel = clock.after(tickMs, tick);
      this.#look();
    };
    cancel = clock.after(tickMs, tick);
    this.#unwatch = () => {
      unwatchTracks();
      cancel();
    };
  }

  #look(): void {
    const pictures = this.#pictures?.look();
    if (pictures) {
      this.#silent.pictures = pictures.out === 0 ? this.#silent.pictures + 1 : 0;
      this.#looks = [...this.#looks, pictures].slice(-overloadTicks);
    }
    const sound = this.#sound?.look();
    // Where one track gives nothing the muxer holds the other back: a fault, whoever is to blame for it.
    if (sound) this.#silent.sound = sound.out === 0 ? this.#silent.sound + 1 : 0;
    this.#silent.fragments++;
    if (this.#silent.fragments >= fragmentTicks)
      this.#fault({ kind: 'stalled', device: null, detail: 'no fragments' });
    if (this.#silent.pictures >= stallTicks)
      this.#fault({ kind: 'stalled', device: null, detail: 'no pictures' });
    if (this.#silent.sound >= stallTicks) this.#fault({ kind: 'stalled', device: null, detail: 'no sound' });
  }

  async #stop(): Promise<void> {
    const { clock, feed } = this.#parts;
    const wasRecording = this.#state === 'recording';
    this.#unwatch();
    if (wasRecording) await within(clock, catchUpMs, feed.caughtUp(this));
    feed.leave(this);
    if (this.#state === 'priming')
      this.#failed(new CaptureError('recorder_failed', 'Stopped while starting'));
    this.#state = 'stopping';
    if (wasRecording) {
      const flushed = [this.#pictures?.flush(), this.#sound?.flush()].map((flush) =>
        flush?.catch(() => undefined),
      );
      await within(clock, flushTimeoutMs, Promise.all(flushed));
      this.#close();
      await within(clock, flushTimeoutMs, this.#finish(this.#muxer!));
    }
    this.#listener = null;
    this.#state = 'sealed';
  }

  async #finish(muxer: FragmentMuxer): Promise<void> {
    try {
      await muxer.finish();
    } catch (error) {
      // What never came out was not recorded: only the end, or the fault was told when it happened.
      this.#lastUs = this.#fragmentUs;
      const detail = `end lost: ${String(error)}`;
      if (!this.#faulted) this.#listener?.onFault({ kind: 'recorder_error', device: null, detail });
      this.#faulted = true;
    }
  }

  #close(): void {
    this.#pictures?.close();
    this.#sound?.close();
  }
}
