import type { RecordingSink, SegmentStart } from '../recording-sink';
import type { SendingHost } from '../sending/sending-host';

interface SinkSegment {
  start: SegmentStart;
  /** Every earlier segment has a number on the server, or ended without needing one. */
  turn: Promise<void>;
  settled: Promise<void>;
  settle: () => void;
  number: number | null;
  ended: boolean;
  nextSequence: number;
  /** Every write waits for the one before. */
  writing: Promise<void>;
}

/**
 * Gives what a recording hands over to journal and upload, numbered for them. A segment gets its number with its first
 * bytes, because the protocol knows no empty segment and the recorder cannot know that one will stay empty.
 */
export class TakeSink implements RecordingSink {
  readonly #takeId: string;
  readonly #sending: SendingHost;
  readonly #segments = new Map<number, SinkSegment>();
  #nextNumber: number;
  #lastSettled: Promise<void> = Promise.resolve();

  constructor(takeId: string, sending: SendingHost, firstSegment: number) {
    this.#takeId = takeId;
    this.#sending = sending;
    this.#nextNumber = firstSegment;
  }

  /** Numbers of the segments that are still being recorded. */
  get openSegments(): number[] {
    return [...this.#segments.values()]
      .filter((segment) => segment.number !== null && !segment.ended)
      .map((segment) => segment.number!);
  }

  async openSegment(start: SegmentStart): Promise<void> {
    const turn = this.#lastSettled;
    let settle = (): void => undefined;
    const own = new Promise<void>((resolve) => (settle = resolve));
    const settled = turn.then(() => own);
    const begun = { number: null, ended: false, nextSequence: 0, writing: Promise.resolve() };
    this.#segments.set(start.segment, { start, turn, settled, settle, ...begun });
    this.#lastSettled = settled;
  }

  append(segment: number, bytes: Uint8Array, recordedMs: number): Promise<void> {
    return this.#write(segment, async (entry) => {
      if (entry.number === null) await this.#place(entry);
      const buffer = exactBuffer(bytes);
      await this.#sending.call(
        'append',
        this.#takeId,
        entry.number!,
        entry.nextSequence++,
        buffer,
        recordedMs,
      );
    });
  }

  endSegment(segment: number, recordedMs: number): Promise<void> {
    return this.#write(segment, async (entry) => {
      entry.ended = true;
      entry.settle();
      if (entry.number !== null) {
        await this.#sending.call('endSegment', this.#takeId, entry.number, Math.round(recordedMs));
      }
    });
  }

  async #place(entry: SinkSegment): Promise<void> {
    await entry.turn;
    entry.number = this.#nextNumber++;
    entry.settle();
    const { recorder, mimeType } = entry.start;
    await this.#sending.call('openSegment', this.#takeId, entry.number, recorder, mimeType);
  }

  #write(segment: number, run: (entry: SinkSegment) => Promise<void>): Promise<void> {
    const entry = this.#segments.get(segment);
    if (!entry) throw new Error(`Segment ${segment} was not opened`);
    entry.writing = entry.writing.then(() => run(entry));
    return entry.writing;
  }
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
}
