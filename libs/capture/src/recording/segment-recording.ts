import { createFragmenter, type Fragment, type Fragmenter } from './fragments';
import type { Journal } from '../journal';
import type { Recorder, RecordingFault } from './recorder';
import type { TakeUpload } from '../take-upload';

/** One recorder filling one segment: bytes → fragments → journal → upload, strictly in order. */
export class SegmentRecording {
  readonly #recorder: Recorder;
  readonly #segment: number;
  readonly #recordedBeforeMs: number;
  readonly #journal: Journal;
  #takeId = '';
  #fragmenter: Fragmenter | null = null;
  #early: Uint8Array[] = [];
  #sequence = 0;
  #abandoned = false;
  #attach: (upload: TakeUpload) => void = () => undefined;
  /** Every write waits for the one before; the first waits until the take is in the journal. */
  #writing: Promise<void>;
  #upload: TakeUpload | null = null;

  constructor(recorder: Recorder, segment: number, recordedBeforeMs: number, parts: { journal: Journal }) {
    this.#recorder = recorder;
    this.#segment = segment;
    this.#recordedBeforeMs = recordedBeforeMs;
    this.#journal = parts.journal;
    this.#writing = new Promise((resolve) => {
      this.#attach = (upload) => {
        this.#upload = upload;
        resolve();
      };
    });
  }

  /** Milliseconds of the whole take, earlier segments included. */
  get recordedMs(): number {
    return this.#recordedBeforeMs + this.#recorder.recordedMs;
  }

  /** Resolves with the type really recorded. */
  async start(takeId: string, onFault: (fault: RecordingFault) => void): Promise<string> {
    this.#takeId = takeId;
    const mimeType = await this.#recorder.start({ onBytes: (bytes) => this.#receive(bytes), onFault });
    this.#fragmenter = createFragmenter(mimeType);
    for (const bytes of this.#early.splice(0)) this.#receive(bytes);
    return mimeType;
  }

  /** The take is in the journal and has an upload: what was recorded meanwhile may be written. */
  attach(upload: TakeUpload): void {
    this.#attach(upload);
  }

  /** Stops the recorder. Resolves when its last byte is in the journal. */
  async end(): Promise<void> {
    await this.#recorder.stop();
    if (this.#fragmenter) for (const fragment of this.#fragmenter.finish()) this.#store(fragment);
    await this.#writing;
    if (this.#abandoned) return;
    // The last blob may be empty; the clock ran to the stop all the same.
    await this.#journal.changeTake(this.#takeId, { recordedMs: Math.round(this.recordedMs) });
    this.#upload!.segmentEnded(this.#segment);
  }

  /** Stops the recorder and writes nothing more. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    await this.#recorder.stop();
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#fragmenter) {
      this.#early.push(bytes);
      return;
    }
    for (const fragment of this.#fragmenter.push(bytes)) this.#store(fragment);
  }

  #store({ bytes }: Fragment): void {
    const fragment = { segment: this.#segment, sequence: this.#sequence++, sizeBytes: bytes.byteLength };
    const { recordedMs } = this;
    this.#writing = this.#writing.then(async () => {
      if (this.#abandoned) return;
      await this.#journal.appendFragment(this.#takeId, fragment, bytes, Math.round(recordedMs));
      this.#upload!.fragmentStored(fragment);
    });
  }
}
