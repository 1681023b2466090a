import type { OpenTake, ReturnTake } from '@fairtake/contracts';
import { joinBytes } from '../digest';
import type { JournalStore, StoreOperation } from './journal-store';

/** What the journal knows of one take. Kept until the take is finalised and the person has decided about it. */
export interface JournalTake {
  takeId: string;
  interviewId: string;
  questionId: string;
  recorder: OpenTake['recorder'];
  /** What the recorder says it produces, per segment; the first one opened the take. */
  mimeTypes: string[];
  /**
   * `recording`: not stopped by a person yet (after a reload: cut). `stopped`: upload, then finalise.
   * `returning`: to be given back, then `returned`. `finalised`: the server holds all of it. `refused`: never will.
   */
  state: 'recording' | 'stopped' | 'returning' | 'returned' | 'finalised' | 'refused';
  /** Wall clock at the first byte, for showing only. */
  startedAt: string;
  /** Recorded so far; written with every fragment, so a reload knows it. */
  recordedMs: number;
  /** Newest lease of this page or an earlier one; null until the server answered the opening. */
  lease: string | null;
  /** Lease each segment belongs to; null while the opening is still on its way. */
  segmentLeases: (string | null)[];
  kept: boolean;
  returnReason?: ReturnTake['reason'];
  refusedFor?: string;
}

export interface JournalFragment {
  segment: number;
  sequence: number;
  sizeBytes: number;
}

/** A sealed chunk: written before its first send, its range and digest never changed after. */
export interface JournalChunk {
  segment: number;
  index: number;
  firstSequence: number;
  lastSequence: number;
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
  acknowledged: boolean;
}

/**
 * The record of what was recorded and what the server has, over a {@link JournalStore}. One owner at a time (see
 * `ownership.ts`): take records are cached here and written whole.
 */
export class Journal {
  readonly #store: JournalStore;
  readonly #takes = new Map<string, JournalTake>();

  constructor(store: JournalStore) {
    this.#store = store;
  }

  /** Takes of the interview in the order they were made (UUIDv7 ids sort by time). */
  async takesOf(interviewId: string): Promise<JournalTake[]> {
    const entries = await this.#store.list('takes', []);
    const takes = entries
      .map((entry) => entry.value as JournalTake)
      .filter((take) => take.interviewId === interviewId);
    for (const take of takes) if (!this.#takes.has(take.takeId)) this.#takes.set(take.takeId, take);
    return takes.map((take) => this.take(take.takeId));
  }

  /** The cached record. Throws for a take this journal never saw. */
  take(takeId: string): JournalTake {
    const take = this.#takes.get(takeId);
    if (!take) throw new Error(`The journal holds no take ${takeId}`);
    return take;
  }

  async changeTake(takeId: string, change: Partial<JournalTake>): Promise<void> {
    await this.replaceTake({ ...this.take(takeId), ...change });
  }

  /** Writes the whole record; also how a take begins. */
  async replaceTake(take: JournalTake): Promise<void> {
    await this.#store.write([this.#putTake(take)], 'strict');
  }

  /** Bytes, their description and the take's clock in one strict transaction: a fragment is there whole or not. */
  async appendFragment(
    takeId: string,
    fragment: JournalFragment,
    bytes: Uint8Array,
    recordedMs: number,
  ): Promise<void> {
    const key = [takeId, fragment.segment, fragment.sequence];
    await this.#store.write(
      [
        // An ArrayBuffer, never a Blob: WebKit lost Blobs kept in IndexedDB (size 0, "missing file").
        { put: 'bytes', key, value: exactBuffer(bytes) },
        { put: 'fragments', key, value: fragment },
        this.#putTake({ ...this.take(takeId), recordedMs }),
      ],
      'strict',
    );
  }

  async sealChunk(takeId: string, chunk: JournalChunk): Promise<void> {
    await this.#store.write([putChunk(takeId, chunk)], 'strict');
  }

  /** Losing this mark costs one repeated send, so the device need not flush for it. */
  async markChunk(takeId: string, chunk: JournalChunk): Promise<void> {
    await this.#store.write([putChunk(takeId, chunk)], 'relaxed');
  }

  async contents(takeId: string): Promise<{ fragments: JournalFragment[]; chunks: JournalChunk[] }> {
    const fragments = await this.#store.list('fragments', [takeId]);
    const chunks = await this.#store.list('chunks', [takeId]);
    return {
      fragments: fragments.map((entry) => entry.value as JournalFragment),
      chunks: chunks.map((entry) => entry.value as JournalChunk),
    };
  }

  /** The joined bytes of a run of fragments; null when the device lost one of them. */
  async read(
    takeId: string,
    segment: number,
    firstSequence: number,
    lastSequence: number,
  ): Promise<Uint8Array | null> {
    const parts: Uint8Array[] = [];
    for (let sequence = firstSequence; sequence <= lastSequence; sequence++) {
      const buffer = await this.#store.get('bytes', [takeId, segment, sequence]);
      if (buffer === undefined) return null;
      parts.push(new Uint8Array(buffer as ArrayBuffer));
    }
    return parts.length === 1 ? parts[0]! : joinBytes(parts);
  }

  /** Forgets a take and its bytes. Only after the server finalised it, or the person gave it up. */
  async forget(takeId: string): Promise<void> {
    this.#takes.delete(takeId);
    await this.#store.write(
      [
        { remove: 'takes', key: [takeId] },
        { removeAll: 'bytes', prefix: [takeId] },
        { removeAll: 'fragments', prefix: [takeId] },
        { removeAll: 'chunks', prefix: [takeId] },
      ],
      'relaxed',
    );
  }

  #putTake(take: JournalTake): StoreOperation {
    this.#takes.set(take.takeId, take);
    return { put: 'takes', key: [take.takeId], value: take };
  }
}

function putChunk(takeId: string, chunk: JournalChunk): StoreOperation {
  return { put: 'chunks', key: [takeId, chunk.segment, chunk.index], value: chunk };
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes.buffer : bytes.slice().buffer) as ArrayBuffer;
}
