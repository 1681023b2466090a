import { limits } from '@fairtake/contracts/limits';
import type { SegmentStart } from '../recording-sink';
import { createFragmenter, slicesOf, type Fragmenter } from './fragments';
import type { Recorder, RecorderListener } from './recorder';
import type { SinkQueue } from './sink-queue';

export interface RunningSegmentParts {
  queue: SinkQueue;
  /** Milliseconds of the whole take at this moment. */
  takeMs: () => number;
  /** Bytes the encoder really produced. */
  onProduced: (sizeBytes: number) => void;
}

/** One recorder filling one segment: bytes → fragments → sink. */
export class RunningSegment {
  readonly recorder: Recorder;
  readonly #parts: RunningSegmentParts;
  #fragmenter: Fragmenter | null = null;
  #early: Uint8Array[] = [];
  #number: number | null = null;

  constructor(recorder: Recorder, parts: RunningSegmentParts) {
    this.recorder = recorder;
    this.#parts = parts;
  }

  get recordedMs(): number {
    return this.recorder.recordedMs;
  }

  /**
   * Resolves when the recorder really runs. `nextNumber` is asked only then: a recorder that never started takes no
   * number. Rejects as the recorder does.
   */
  async start(listener: Omit<RecorderListener, 'onBytes'>, nextNumber: () => number): Promise<SegmentStart> {
    const mimeType = await this.recorder.start({ ...listener, onBytes: (bytes) => this.#receive(bytes) });
    const start = { segment: nextNumber(), recorder: this.recorder.kind, mimeType };
    this.#number = start.segment;
    this.#parts.queue.push((sink) => sink.openSegment(start));
    this.#fragmenter = this.recorder.wholeFragments ? wholeFragments : createFragmenter(mimeType);
    for (const bytes of this.#early.splice(0)) this.#receive(bytes);
    return start;
  }

  /** Stops the recorder. Resolves when all of it is in the queue. Safe to call more than once. */
  async end(): Promise<void> {
    // A recorder that breaks at its end has handed over what it could: the segment ends all the same.
    await this.recorder.stop().catch(() => undefined);
    const segment = this.#number;
    if (segment === null || !this.#fragmenter) return;
    for (const { bytes } of this.#fragmenter.finish()) this.#store(segment, bytes);
    this.#number = null;
    // The last blob may be empty; the clock ran to the stop all the same.
    const recordedMs = Math.round(this.#parts.takeMs());
    this.#parts.queue.pushEnd((sink) => sink.endSegment(segment, recordedMs));
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#fragmenter || this.#number === null) {
      this.#early.push(bytes);
      return;
    }
    for (const fragment of this.#fragmenter.push(bytes)) this.#store(this.#number, fragment.bytes);
  }

  #store(segment: number, bytes: Uint8Array): void {
    this.#parts.onProduced(bytes.byteLength);
    const recordedMs = Math.round(this.#parts.takeMs());
    this.#parts.queue.push((sink) => sink.append(segment, bytes, recordedMs));
  }
}

/** A recorder that hands over whole fragments needs no parser, only the limit. */
const wholeFragments: Fragmenter = {
  push: (bytes) =>
    bytes.byteLength > limits.chunkMaxBytes
      ? slicesOf(bytes, limits.chunkMaxBytes)
      : [{ kind: 'media', bytes }],
  finish: () => [],
};
