import { limits } from '@fairtake/contracts/limits';

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

const chunkMinBytes = 64 * 1024;
/** Two hundred times the headers of its request. */
const secondChunkMinBytes = 16 * 1024;
/** Assumed before the first response: 150 kbps, where the concurrency rule also draws its line. */
export const cautiousBytesPerSecond = 150_000 / 8;

/** Two seconds of the link per chunk, between 64 KiB and the protocol's largest chunk. */
export function chunkTargetBytes(bytesPerSecond: number | null): number {
  return clamp(2 * (bytesPerSecond ?? 0), chunkMinBytes, limits.chunkMaxBytes);
}

/**
 * What a chunk must hold to start now rather than wait for more. An idle link takes anything. Beside one chunk a small
 * second one starts, or the link would stand still from the first one's last byte until its answer: a round trip of
 * every chunk's time, which a link just above the media rate does not have (docs/decisions). Further ones are only
 * worth their request when full.
 */
export function chunkLeastBytes(inFlight: number): number {
  if (inFlight === 0) return 0;
  return inFlight === 1 ? secondChunkMinBytes : Number.POSITIVE_INFINITY;
}

/** Deadline of one PUT: four times what it should take, never under 15 s or over 120 s. */
export function putTimeoutMs(sizeBytes: number, bytesPerSecond: number | null, roundTripMs: number): number {
  const rate = bytesPerSecond ?? cautiousBytesPerSecond;
  return clamp((4_000 * sizeBytes) / rate + 4 * roundTripMs, 15_000, 120_000);
}

/** Full jitter: a server that comes back is not met by every candidate at once. `failures` counts from 1. */
export function backOffMs(failures: number, random: () => number): number {
  return random() * Math.min(30_000, 500 * 2 ** failures);
}

/** How many chunks may be under way: additive up, halved on trouble, one on a thin link. */
export class Concurrency {
  #allowed = 2;
  #rateAtLastRise = 0;

  limit(bytesPerSecond: number | null): number {
    return bytesPerSecond !== null && bytesPerSecond < cautiousBytesPerSecond ? 1 : this.#allowed;
  }

  /** One more (up to 4) when more than two chunks wait and the last change was followed by ≥ 10 % more goodput. */
  acknowledged(backlogChunks: number, bytesPerSecond: number | null): void {
    if (bytesPerSecond === null || backlogChunks <= 2 || this.#allowed >= 4) return;
    if (bytesPerSecond < this.#rateAtLastRise * 1.1) return;
    this.#allowed++;
    this.#rateAtLastRise = bytesPerSecond;
  }

  /** Time-out or network error. */
  troubled(): void {
    this.#allowed = Math.max(1, Math.floor(this.#allowed / 2));
    this.#rateAtLastRise = 0;
  }
}
