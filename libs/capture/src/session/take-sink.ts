import type { RecordingSink, SegmentStart } from '../recording-sink';
import type { SendingHost } from '../sending/sending-host';

/** Gives what a recording hands over to journal and upload. The order of the calls is the order of the writes. */
export class TakeSink implements RecordingSink {
  readonly #takeId: string;
  readonly #sending: SendingHost;
  readonly #onBytes: () => void;
  /** The next sequence number of each segment that is still being recorded. */
  readonly #open = new Map<number, number>();

  /** `onBytes`: the recorder has handed something over. */
  constructor(takeId: string, sending: SendingHost, onBytes: () => void) {
    this.#takeId = takeId;
    this.#sending = sending;
    this.#onBytes = onBytes;
  }

  get openSegments(): number[] {
    return [...this.#open.keys()];
  }

  async openSegment({ segment, recorder, mimeType }: SegmentStart): Promise<void> {
    this.#open.set(segment, 0);
    await this.#sending.call('openSegment', this.#takeId, segment, recorder, mimeType);
  }

  async append(segment: number, bytes: Uint8Array, recordedMs: number): Promise<void> {
    const sequence = this.#open.get(segment);
    if (sequence === undefined) throw new Error(`Segment ${segment} is not open`);
    this.#open.set(segment, sequence + 1);
    this.#onBytes();
    await this.#sending.call('append', this.#takeId, segment, sequence, exactBuffer(bytes), recordedMs);
  }

  async endSegment(segment: number, recordedMs: number): Promise<void> {
    this.#open.delete(segment);
    await this.#sending.call('endSegment', this.#takeId, segment, Math.round(recordedMs));
  }
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
}
