import type { Clock } from '../../clock';
import { TrackClock } from './track-clock';

/** Takes pictures and sound while it is the feed's sink. Both belong to the feed, which closes them. */
export interface FeedSink {
  readonly wantsPictures: boolean;
  picture(frame: VideoFrame, atUs: number): void;
  sound(data: AudioData, atUs: number): void;
}

export interface SoundFormat {
  sampleRate: number;
  numberOfChannels: number;
}

/**
 * Reads the tracks of a stream and hands them to one sink at a time, on one clock. A new sink takes over at a picture:
 * not one is lost or recorded twice. Never through a canvas: it freezes in a background tab.
 */
export class MediaFeed {
  readonly #clock: Clock;
  readonly #readers: ReadableStreamDefaultReader<VideoFrame | AudioData>[] = [];
  readonly #waitsForPictures: boolean;
  #sink: FeedSink | null = null;
  #next: FeedSink | null = null;
  #gotFormat: (format: SoundFormat) => void = () => undefined;
  /** Of the microphone, as soon as it was heard. */
  readonly soundFormat: Promise<SoundFormat>;

  constructor(stream: MediaStream, clock: Clock) {
    this.#clock = clock;
    this.soundFormat = new Promise((resolve) => (this.#gotFormat = resolve));
    const [video] = stream.getVideoTracks();
    const [audio] = stream.getAudioTracks();
    this.#waitsForPictures = video !== undefined;
    if (video) void this.#readPictures(new MediaStreamTrackProcessor({ track: video }).readable.getReader());
    if (audio) void this.#readSound(new MediaStreamTrackProcessor({ track: audio }).readable.getReader());
  }

  /** The sink gets everything from the next picture on, or from now on when it wants none. */
  join(sink: FeedSink): void {
    if (sink.wantsPictures && this.#waitsForPictures) this.#next = sink;
    else this.#sink = sink;
  }

  leave(sink: FeedSink): void {
    if (this.#sink === sink) this.#sink = null;
    if (this.#next === sink) this.#next = null;
  }

  close(): void {
    this.#sink = null;
    this.#next = null;
    for (const reader of this.#readers.splice(0)) void reader.cancel().catch(() => undefined);
  }

  async #readPictures(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    const clock = new TrackClock();
    await this.#read(reader, (frame) => {
      const atUs = clock.place(frame.timestamp, this.#nowUs());
      if (atUs !== null) this.#give(frame, atUs);
    });
  }

  async #readSound(reader: ReadableStreamDefaultReader<AudioData>): Promise<void> {
    const clock = new TrackClock();
    await this.#read(reader, (data) => {
      this.#gotFormat({ sampleRate: data.sampleRate, numberOfChannels: data.numberOfChannels });
      const atUs = clock.place(data.timestamp, this.#nowUs());
      if (atUs !== null) this.#sink?.sound(data, atUs);
    });
  }

  async #read<T extends VideoFrame | AudioData>(
    reader: ReadableStreamDefaultReader<T>,
    take: (item: T) => void,
  ): Promise<void> {
    this.#readers.push(reader as ReadableStreamDefaultReader<VideoFrame | AudioData>);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      try {
        take(value);
      } finally {
        // Chromium stops handing pictures out when the page keeps two of them: never hold one, not even a clone.
        value.close();
      }
    }
  }

  #give(frame: VideoFrame, atUs: number): void {
    if (this.#next) {
      this.#sink = this.#next;
      this.#next = null;
    }
    if (this.#sink?.wantsPictures) this.#sink.picture(frame, atUs);
  }

  #nowUs(): number {
    return Math.round(this.#clock.nowMs() * 1_000);
  }
}
