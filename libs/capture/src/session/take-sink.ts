import type { Journal } from '../journal/journal';
import type { RecordingSink, SegmentStart } from '../recording-sink';
import type { TakeUpload } from '../upload/take-upload';

/** Puts what a recording hands over into the journal and tells the upload. */
export class TakeSink implements RecordingSink {
  readonly #journal: Journal;
  readonly #upload: TakeUpload;
  readonly #sequences = new Map<number, number>();

  constructor(journal: Journal, upload: TakeUpload) {
    this.#journal = journal;
    this.#upload = upload;
  }

  async openSegment({ segment, mimeType }: SegmentStart): Promise<void> {
    const { takeId } = this.#upload;
    const { mimeTypes, segmentLeases, lease } = this.#journal.take(takeId);
    await this.#journal.changeTake(takeId, {
      mimeTypes: [...mimeTypes.slice(0, segment), mimeType],
      segmentLeases: [...segmentLeases.slice(0, segment), lease],
    });
  }

  async append(segment: number, bytes: Uint8Array, recordedMs: number): Promise<void> {
    const sequence = this.#sequences.get(segment) ?? 0;
    this.#sequences.set(segment, sequence + 1);
    const fragment = { segment, sequence, sizeBytes: bytes.byteLength };
    await this.#journal.appendFragment(this.#upload.takeId, fragment, bytes, recordedMs);
    this.#upload.fragmentStored(fragment);
  }

  async endSegment(segment: number, recordedMs: number): Promise<void> {
    await this.#journal.changeTake(this.#upload.takeId, { recordedMs });
    this.#upload.segmentEnded(segment);
  }
}
