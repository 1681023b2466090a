import { createFragmenter, type Fragmenter } from '../recording/fragments';
import type { Recorder, RecordingFault } from '../recording/recorder';
import type {
  MakeTakeRecording,
  RecordingSink,
  SegmentStart,
  TakeRecorder,
  TakeRecordingRequest,
} from '../recording-sink';

/** A take recorded as one segment by one recorder: bytes → fragments → sink, strictly in order. */
export class SegmentRecording implements TakeRecorder {
  readonly rung = null;
  readonly #recorder: Recorder;
  readonly #segment: number;
  readonly #recordedBeforeMs: number;
  #fragmenter: Fragmenter | null = null;
  #early: Uint8Array[] = [];
  #start: SegmentStart | null = null;
  #abandoned = false;
  #attach: (sink: RecordingSink) => void = () => undefined;
  readonly #attached: Promise<RecordingSink>;
  /** Every write waits for the one before; the first waits until there is a sink and the segment is open. */
  #writing: Promise<void>;

  constructor(recorder: Recorder, request: Pick<TakeRecordingRequest, 'firstSegment' | 'recordedBeforeMs'>) {
    this.#recorder = recorder;
    this.#segment = request.firstSegment;
    this.#recordedBeforeMs = request.recordedBeforeMs;
    this.#attached = new Promise((resolve) => (this.#attach = resolve));
    this.#writing = this.#attached.then((sink) => sink.openSegment(this.#start!));
  }

  get recordedMs(): number {
    return this.#recordedBeforeMs + this.#recorder.recordedMs;
  }

  async start(onFault: (fault: RecordingFault) => void): Promise<SegmentStart> {
    const mimeType = await this.#recorder.start({ onBytes: (bytes) => this.#receive(bytes), onFault });
    this.#fragmenter = createFragmenter(mimeType);
    for (const bytes of this.#early.splice(0)) this.#receive(bytes);
    this.#start = { segment: this.#segment, recorder: this.#recorder.kind, mimeType };
    return this.#start;
  }

  attach(sink: RecordingSink): void {
    this.#attach(sink);
  }

  async end(): Promise<void> {
    await this.#recorder.stop();
    if (this.#fragmenter) for (const { bytes } of this.#fragmenter.finish()) this.#store(bytes);
    await this.#writing;
    // The last blob may be empty; the clock ran to the stop all the same.
    if (!this.#abandoned) await (await this.#attached).endSegment(this.#segment, Math.round(this.recordedMs));
  }

  async abandon(): Promise<void> {
    this.#abandoned = true;
    await this.#recorder.stop();
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#fragmenter) {
      this.#early.push(bytes);
      return;
    }
    for (const fragment of this.#fragmenter.push(bytes)) this.#store(fragment.bytes);
  }

  #store(bytes: Uint8Array): void {
    const recordedMs = Math.round(this.recordedMs);
    this.#writing = this.#writing.then(async () => {
      if (!this.#abandoned) await (await this.#attached).append(this.#segment, bytes, recordedMs);
    });
  }
}

/** One recorder per recording; nothing changes while it runs. For tests of what comes behind a recording. */
export function singleSegment(makeRecorder: (stream: MediaStream) => Recorder): MakeTakeRecording {
  return (request) => new SegmentRecording(makeRecorder(request.stream), request);
}
