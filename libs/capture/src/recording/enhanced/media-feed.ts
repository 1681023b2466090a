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
 * Pieces of sound, of 10 ms mostly, that wait while the page's thread is busy; Chromium's own choice keeps 100 ms and
 * throws the rest away. Pictures are left at one: a camera has only a few, and stops when they are kept.
 */
const soundPiecesMax = 1_000;

/**
 * Reads the tracks of a stream and hands them to one sink at a time, on one clock. A new sink takes over at a picture:
 * not one is lost or recorded twice. Never through a canvas: it freezes in a background tab.
 */
export class MediaFeed {
  readonly #clock: Clock;
  readonly #readers: ReadableStreamDefaultReader<VideoFrame | AudioData>[] = [];
  readonly #waitsForPictures: boolean;
  readonly #soundClock = new TrackClock({ moves: false });
  #sink: FeedSink | null = null;
  #next: FeedSink | null = null;
  /** Gets the sound from before the last change of sinks, which may still be waiting. */
  #previous: FeedSink | null = null;
  #changedUs = Number.NEGATIVE_INFINITY;
  #caughtUp: { untilUs: number; resolve: () => void } | null = null;
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
    if (!audio) return;
    const heard = new MediaStreamTrackProcessor({ track: audio, maxBufferSize: soundPiecesMax });
    void this.#readSound(heard.readable.getReader());
  }

  /** The sink gets everything from the next picture on, or from now on when it wants none. */
  join(sink: FeedSink): void {
    if (sink.wantsPictures && this.#waitsForPictures) this.#next = sink;
    else this.#sink = sink;
  }

  /** Resolves when the sink was given the sound up to now; a page that was busy has some of it waiting. */
  caughtUp(sink: FeedSink): Promise<void> {
    if (this.#sink !== sink) return Promise.resolve();
    const untilUs = this.#nowUs() + this.#soundClock.lateUs;
    return new Promise((resolve) => (this.#caughtUp = { untilUs, resolve }));
  }

  leave(sink: FeedSink): void {
    if (this.#sink === sink) this.#sink = null;
    if (this.#previous === sink) this.#previous = null;
    if (this.#next === sink) this.#next = null;
  }

  close(): void {
    this.#sink = null;
    this.#next = null;
    this.#previous = null;
    for (const reader of this.#readers.splice(0)) void reader.cancel().catch(() => undefined);
  }

  async #readPictures(reader: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
    const clock = new TrackClock({ moves: true });
    await this.#read(reader, (frame) => {
      const atUs = clock.place(frame.timestamp, this.#nowUs(), this.#soundClock.lateUs);
      if (atUs !== null) this.#give(frame, atUs);
    });
  }

  async #readSound(reader: ReadableStreamDefaultReader<AudioData>): Promise<void> {
    await this.#read(reader, (data) => {
      this.#gotFormat({ sampleRate: data.sampleRate, numberOfChannels: data.numberOfChannels });
      const atUs = this.#soundClock.place(data.timestamp, this.#nowUs());
      if (atUs === null) return;
      if (atUs >= this.#changedUs) this.#sink?.sound(data, atUs);
      else this.#previous?.sound(data, atUs);
      if (!this.#caughtUp || atUs < this.#caughtUp.untilUs) return;
      this.#caughtUp.resolve();
      this.#caughtUp = null;
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
      this.#previous = this.#sink;
      this.#changedUs = atUs;
      this.#sink = this.#next;
      this.#next = null;
    }
    if (this.#sink?.wantsPictures) this.#sink.picture(frame, atUs);
  }

  #nowUs(): number {
    return Math.round(this.#clock.nowMs() * 1_000);
  }
}
