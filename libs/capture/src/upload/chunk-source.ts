import { toJournalChunk, type ChunkPlan, type PlannedChunk } from './chunk-plan';
import { toHex, type Digest } from '../digest';
import type { Journal } from '../journal/journal';

/** Turns planned chunks of one take into bytes, sealing each in the journal before it is first handed out. */
export class ChunkSource {
  readonly #takeId: string;
  readonly #plan: ChunkPlan;
  readonly #journal: Journal;
  readonly #digest: Digest;
  #sealing: Promise<unknown> = Promise.resolve();

  constructor(takeId: string, plan: ChunkPlan, journal: Journal, digest: Digest) {
    this.#takeId = takeId;
    this.#plan = plan;
    this.#journal = journal;
    this.#digest = digest;
  }

  /**
   * The chunk's bytes, sealed; null when the device lost them. Rejects when the journal cannot be read now.
   */
  bytesOf(chunk: PlannedChunk): Promise<Uint8Array | null> {
    return chunk.sha256 === '' ? this.#seal(chunk) : this.#read(chunk);
  }

  /** Whether the device still holds what was sealed; false means the bytes rotted or went missing here. */
  async intact(chunk: PlannedChunk): Promise<boolean> {
    const bytes = await this.#read(chunk);
    return bytes !== null && toHex(await this.#digest(bytes)) === chunk.sha256;
  }

  /** In index order: a reload between two seals must find no hole it would fill with other ranges. */
  #seal(chunk: PlannedChunk): Promise<Uint8Array | null> {
    const sealed = this.#sealing.then(async () => {
      if (chunk.index > 0 && this.#plan.find(chunk.segment, chunk.index - 1)?.sha256 === '') {
        throw new Error('The chunk before is not sealed yet');
      }
      const bytes = await this.#read(chunk);
      if (bytes === null) return null;
      const sha256 = toHex(await this.#digest(bytes));
      await this.#journal.sealChunk(this.#takeId, toJournalChunk({ ...chunk, sha256 }));
      chunk.sha256 = sha256;
      return bytes;
    });
    this.#sealing = sealed.catch(() => undefined);
    return sealed;
  }

  #read(chunk: PlannedChunk): Promise<Uint8Array | null> {
    return this.#journal.read(this.#takeId, chunk.segment, chunk.firstSequence, chunk.lastSequence);
  }
}
