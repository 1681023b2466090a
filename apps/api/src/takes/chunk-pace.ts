import { limits } from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { Clock } from '../infrastructure.module';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Takes remembered at once; beyond that all are forgotten, and nobody is refused for it. */
const takesMax = 20_000;

/**
 * Holds the chunks of one take to a pace no recorder needs to exceed, in this process's memory. It guards the service
 * against one runaway page, not against loss: whatever it does not know it lets through.
 */
@Injectable()
export class ChunkPace {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Clock) {}

  /** @throws AppError too_many_requests with the seconds to wait */
  admit(takeId: string): void {
    const now = this.clock.now().getTime();
    const bucket = this.buckets.get(takeId) ?? { tokens: limits.chunksBurst, filledAt: now };
    const earned = (Math.max(0, now - bucket.filledAt) / 1000) * limits.chunksPerSecond;
    const tokens = Math.min(limits.chunksBurst, bucket.tokens + earned);
    if (this.buckets.size >= takesMax && !this.buckets.has(takeId)) this.buckets.clear();
    const admitted = tokens >= 1;
    this.buckets.set(takeId, { tokens: admitted ? tokens - 1 : tokens, filledAt: now });
    if (!admitted) {
      const retryAfterSeconds = Math.ceil((1 - tokens) / limits.chunksPerSecond);
      throw new AppError('too_many_requests', { retryAfterSeconds });
    }
  }
}
