import type { RungName } from './recording/ladder';
import type { Clock } from './clock';
import type { Recorder, RecordingFault } from './recording/recorder';

/** How one segment begins: known once its recorder really runs. */
export interface SegmentStart {
  segment: number;
  recorder: Recorder['kind'];
  /** The recorder's own word after start. */
  mimeType: string;
}

/**
 * Where a recording puts its bytes: the journal and the upload of one take, in this thread or in a worker. Calls of
 * one segment come in order; segments open in order, and one may still end while the next has begun. A segment that
 * ends without a byte leaves no trace: its number on the server goes to the next one. No call rejects; once another
 * tab owns the take they do nothing.
 */
export interface RecordingSink {
  openSegment(start: SegmentStart): Promise<void>;
  /** One fragment, never empty, never above `limits.chunkMaxBytes`. Resolves when it is in the journal. */
  append(segment: number, bytes: Uint8Array, recordedMs: number): Promise<void>;
  /** Nothing more comes for this segment. */
  endSegment(segment: number, recordedMs: number): Promise<void>;
}

/** What the upload knows of the link, for whoever chooses how much to record. */
export interface LinkReport {
  /** Acknowledged bytes per busy second (see `goodput.ts`); null while unknown. */
  bytesPerSecond: number | null;
  roundTripMs: number | null;
  /** Recorded on this device and not acknowledged yet, earlier answers included. */
  backlogBytes: number;
}

/** The newest {@link LinkReport}; changes after every fragment and every response. */
export interface LinkReports {
  getSnapshot(): LinkReport;
  /** The returned function ends the subscription. */
  subscribe(listener: () => void): () => void;
}

/** What a recording needs to begin, and to choose how much to record while it runs. */
export interface TakeRecordingRequest {
  /** Live camera and microphone, or microphone only. Belongs to the caller; its tracks are not stopped. */
  stream: MediaStream;
  clock: Clock;
  /** Number of the first segment this recording opens; the next ones follow without a hole. */
  firstSegment: number;
  /** Recorded by earlier segments of the take, in milliseconds. */
  recordedBeforeMs: number;
  /** Milliseconds until the take stops by itself (see `Take.stopAfter`); null when it does not. */
  remainingMs: () => number | null;
  link: LinkReports;
  /** A test or practice: nothing is sent, so nothing is learned from it for the next take. */
  rehearsal?: true;
}

export type MakeTakeRecording = (request: TakeRecordingRequest) => TakeRecorder;

/** The recording of one take over all its segments, as the take sees it. */
export interface TakeRecorder {
  /** Milliseconds of the whole take, earlier segments included, without pauses. */
  readonly recordedMs: number;
  /** The quality being recorded now; null when it never changes. */
  readonly rung: RungName | null;
  /** Resolves when the first recorder really runs, with its type. Rejects `unsupported` or `recorder_failed`. */
  start(onFault: (fault: RecordingFault) => void): Promise<SegmentStart>;
  /** Bytes are held back until the take exists; from this call on they go into the sink. */
  attach(sink: RecordingSink): void;
  /** Stops. Resolves when the last byte is in the journal and every segment has ended. */
  end(): Promise<void>;
  /** Stops and writes nothing more. */
  abandon(): Promise<void>;
}
