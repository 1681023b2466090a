import {
  BaselineRecorder,
  ladder,
  openEnhancedSource,
  runSelfTest,
  rungIndex,
  systemClock,
  TakeRecording,
  type EnhancedSelfTest,
  type LinkReport,
  type RecordingFault,
  type RecordingSink,
  type RungName,
  type SegmentStart,
} from '@fairtake/capture/recording';

/** A piece of a segment as the recorder handed it over, and when. */
export interface Piece {
  segment: number;
  base64: string;
  atMs: number;
}

export interface Recorded {
  starts: (SegmentStart & { atMs: number })[];
  ends: { segment: number; atMs: number; recordedMs: number }[];
  pieces: Piece[];
  faults: RecordingFault[];
  recordedMs: number;
  stoppedAtMs: number;
  stopMs: number;
}

const base64Of = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let stream: MediaStream;

const recorders = {
  /** @param untouched sound as the device gives it: noise suppression takes a steady tone for noise */
  async openDevices(height: number, untouched = false): Promise<void> {
    const plain = { autoGainControl: false, echoCancellation: false, noiseSuppression: false };
    const audio = untouched ? plain : true;
    stream = await navigator.mediaDevices.getUserMedia({ audio, video: { height, frameRate: 30 } });
  },

  async selfTest(): Promise<EnhancedSelfTest> {
    const result = await runSelfTest({ stream });
    // The pieces are not needed outside, and would cross into the test as objects of numbers.
    return result.ok ? { ...result, fragments: [] } : result;
  },

  /** One enhanced recorder; the bitrate changes at each step. */
  async bitrates(name: RungName, steps: { bitsPerSecond: number; ms: number }[]): Promise<Recorded> {
    const recorded = empty();
    const source = openEnhancedSource(stream);
    const recorder = source.makeRecorder(ladder[rungIndex(name)]!);
    const mimeType = await recorder.start({
      onBytes: (bytes) => recorded.pieces.push(piece(0, bytes)),
      onFault: (fault) => recorded.faults.push(fault),
    });
    recorded.starts.push({ segment: 0, recorder: 'enhanced', mimeType, atMs: performance.now() });
    for (const { bitsPerSecond, ms } of steps) {
      recorder.aimAt!(bitsPerSecond);
      await wait(ms);
    }
    const stoppedAt = performance.now();
    await recorder.stop();
    source.close();
    return {
      ...recorded,
      ...{ recordedMs: recorder.recordedMs, stoppedAtMs: stoppedAt, stopMs: performance.now() - stoppedAt },
    };
  },

  /**
   * A whole take. `links` gives the link of each second, the last one staying; `breakEncoderAtMs` makes the picture
   * encoder fail as a browser's does.
   */
  async take(options: {
    enhanced: boolean;
    startRung: RungName;
    links: Partial<LinkReport>[];
    ms: number;
    /** The camera gives another size from here on, as when a phone is turned. */
    smallerAtMs?: number;
    breakEncoderAtMs?: number;
    /** The page's thread is busy this often and this long, evenly spread. */
    jams?: { count: number; ms: number };
    /** The browser keeps only so much sound for a busy page, as Chromium does by itself. */
    soundPiecesMax?: number;
  }): Promise<Recorded> {
    const recorded = empty();
    keptSoundPieces = options.soundPiecesMax ?? null;
    const beganAt = performance.now();
    const linkNow = (): LinkReport => {
      const second = Math.floor((performance.now() - beganAt) / 1_000);
      const link = options.links[Math.min(second, options.links.length - 1)];
      return { bytesPerSecond: null, roundTripMs: null, backlogBytes: 0, ...link };
    };
    const recording = new TakeRecording(
      {
        ...{ stream, clock: systemClock, firstSegment: 0, recordedBeforeMs: 0 },
        remainingMs: () => 60_000,
        link: { getSnapshot: linkNow, subscribe: () => () => undefined },
      },
      {
        baseline: (from, rung) =>
          new BaselineRecorder(rung.shortSide === null ? new MediaStream(from.getAudioTracks()) : from, {
            ...rung,
            clock: systemClock,
            MediaRecorder,
          }),
        openEnhanced: options.enhanced ? openEnhancedSource : null,
        startRung: options.startRung,
        floor: 'audio',
        fitCamera: async () => undefined,
        onEnhancedFailed: () => undefined,
        onEnd: () => undefined,
      },
    );
    const sink: RecordingSink = {
      openSegment: async (start) => void recorded.starts.push({ ...start, atMs: performance.now() }),
      append: async (segment, bytes) => void recorded.pieces.push(piece(segment, bytes)),
      endSegment: async (segment, recordedMs) =>
        void recorded.ends.push({ segment, recordedMs, atMs: performance.now() }),
    };
    await recording.start((fault) => recorded.faults.push(fault));
    recording.attach(sink);
    const at = (ms: number): Promise<void> => wait(ms - (performance.now() - beganAt));
    if (options.smallerAtMs !== undefined) {
      await at(options.smallerAtMs);
      await stream.getVideoTracks()[0]!.applyConstraints({ width: 320, height: 180 });
    }
    if (options.breakEncoderAtMs !== undefined) {
      await at(options.breakEncoderAtMs);
      breakPictureEncoders();
    }
    const { count, ms: jamMs } = options.jams ?? { count: 0, ms: 0 };
    for (let jam = 1; jam <= count; jam++) {
      await at((jam * options.ms) / (count + 1));
      const untilMs = performance.now() + jamMs;
      while (performance.now() < untilMs);
    }
    await at(options.ms);
    const stoppedAt = performance.now();
    const { recordedMs } = recording;
    await recording.end();
    const stopMs = performance.now() - stoppedAt;
    return { ...recorded, recordedMs, stoppedAtMs: stoppedAt, stopMs };
  },
};

const empty = (): Recorded => ({
  starts: [],
  ends: [],
  pieces: [],
  faults: [],
  recordedMs: 0,
  stoppedAtMs: 0,
  stopMs: 0,
});
const piece = (segment: number, bytes: Uint8Array): Piece => ({
  segment,
  base64: base64Of(bytes),
  atMs: performance.now(),
});

/** Ends every VideoEncoder made so far, as a browser ends one whose hardware went away. */
const breakers: (() => void)[] = [];
function breakPictureEncoders(): void {
  for (const breakIt of breakers) breakIt();
}

let keptSoundPieces: number | null = null;
globalThis.MediaStreamTrackProcessor = new Proxy(MediaStreamTrackProcessor, {
  construct(native, [init]: [MediaStreamTrackProcessorInit]) {
    const limited = init.track.kind === 'audio' && keptSoundPieces !== null;
    return Reflect.construct(native, [
      limited ? { ...init, maxBufferSize: keptSoundPieces } : init,
    ]) as object;
  },
});

const Native = VideoEncoder;
globalThis.VideoEncoder = class extends Native {
  constructor(init: VideoEncoderInit) {
    super(init);
    breakers.push(() => {
      if (this.state === 'closed') return;
      this.close();
      init.error(new DOMException('broken on purpose', 'EncodingError'));
    });
  }
};

export type Recorders = typeof recorders;
(globalThis as unknown as { recorders: Recorders }).recorders = recorders;
