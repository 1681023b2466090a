import type { ChunkRow } from '@fairtake/database';
import { Injectable } from '@nestjs/common';

/** What arrives of one take from the moment it is watched. */
export interface ArrivalWatch {
  /** Resolves with what was recorded since the last call: at once if there is any, with nothing after `withinMs`. */
  next(withinMs: number): Promise<ChunkRow[]>;
  end(): void;
}

/**
 * Tells whoever waits for the rest of a take that a chunk of it was recorded, so that nobody has to keep asking the
 * database. It knows the chunks of this process only: a waiter looks for others' now and then.
 */
@Injectable()
export class ChunkArrivals {
  private readonly watches = new Map<string, Set<(chunk: ChunkRow) => void>>();

  /** To be called once the chunk's row is committed. */
  announce(takeId: string, chunk: ChunkRow): void {
    for (const tell of this.watches.get(takeId) ?? []) tell(chunk);
  }

  /** Watch first, then look at what is held: nothing can arrive unseen in between. End it in any case. */
  watch(takeId: string): ArrivalWatch {
    let arrived: ChunkRow[] = [];
    let wake = (): void => undefined;
    const tell = (chunk: ChunkRow): void => {
      arrived.push(chunk);
      wake();
    };
    const tellers = this.watches.get(takeId) ?? new Set();
    this.watches.set(takeId, tellers.add(tell));
    return {
      next: async (withinMs) => {
        if (arrived.length === 0)
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, withinMs);
            wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        const chunks = arrived;
        arrived = [];
        return chunks;
      },
      end: () => {
        tellers.delete(tell);
        if (tellers.size === 0 && this.watches.get(takeId) === tellers) this.watches.delete(takeId);
      },
    };
  }
}
