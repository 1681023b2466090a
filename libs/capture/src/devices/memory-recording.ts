import type { Clock } from '../clock';
import type { LinkReports, MakeTakeRecording, RecordingSink, TakeRecorder } from '../recording-sink';
import type { RecordingFault } from '../recording/recorder';

/** A finished recording that exists in this page only. */
export interface MemoryClip {
  /** One playable Blob per segment. */
  blobs: Blob[];
  sizeBytes: number;
  recordedMs: number;
  recorder: 'baseline' | 'enhanced';
}

/** A recording into memory: the recorders of a take, and nothing of its journal or upload. */
export interface MemoryRecording {
  readonly recordedMs: number;
  readonly fault: RecordingFault | null;
  /** Ends the recording. Safe to call more than once. */
  stop(): Promise<MemoryClip>;
  /** Ends it and keeps nothing. */
  abandon(): Promise<void>;
}

/** Nothing is sent, so nothing is known of the link and the best quality stays. */
const noLink: LinkReports = {
  getSnapshot: () => ({ bytesPerSecond: null, roundTripMs: null, backlogBytes: 0 }),
  subscribe: () => () => undefined,
};

/**
 * Records with the very recorders of a take, into memory: for the device check's test clip and for practice. Nothing
 * is written to the journal and nothing is sent. Rejects `unsupported` or `recorder_failed` as a take would.
 */
export async function recordToMemory(
  stream: MediaStream,
  { makeTakeRecording, clock }: { makeTakeRecording: MakeTakeRecording; clock: Clock },
): Promise<MemoryRecording> {
  const recorder = makeTakeRecording({
    ...{ stream, clock, firstSegment: 0, recordedBeforeMs: 0 },
    remainingMs: () => null,
    link: noLink,
    rehearsal: true,
  });
  const sink = new MemorySink();
  let fault: RecordingFault | null = null;
  const start = await recorder.start((found) => (fault ??= found));
  recorder.attach(sink);
  let ending: Promise<MemoryClip> | null = null;
  return {
    get recordedMs() {
      return recorder.recordedMs;
    },
    get fault() {
      return fault;
    },
    stop: () => (ending ??= clipOf(recorder, sink, start.recorder)),
    abandon: () => recorder.abandon(),
  };
}

async function clipOf(
  recorder: TakeRecorder,
  sink: MemorySink,
  kind: MemoryClip['recorder'],
): Promise<MemoryClip> {
  await recorder.end();
  return { ...sink.clip(), recordedMs: recorder.recordedMs, recorder: kind };
}

class MemorySink implements RecordingSink {
  readonly #segments = new Map<number, { mimeType: string; parts: Uint8Array[] }>();

  async openSegment({ segment, mimeType }: { segment: number; mimeType: string }): Promise<void> {
    this.#segments.set(segment, { mimeType, parts: [] });
  }

  async append(segment: number, bytes: Uint8Array): Promise<void> {
    this.#segments.get(segment)?.parts.push(bytes);
  }

  async endSegment(): Promise<void> {}

  clip(): Pick<MemoryClip, 'blobs' | 'sizeBytes'> {
    const filled = [...this.#segments.values()].filter(({ parts }) => parts.length > 0);
    const blobs = filled.map(
      ({ mimeType, parts }) => new Blob(parts as Uint8Array<ArrayBuffer>[], { type: mimeType }),
    );
    return { blobs, sizeBytes: blobs.reduce((sum, blob) => sum + blob.size, 0) };
  }
}
