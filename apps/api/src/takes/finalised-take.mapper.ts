import type { FinalisedTake } from '@fairtake/contracts';
import type { ProvedSegmentRow, TakeRow } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';

/** What closing a take is answered with, the first time and whenever it is asked again. */
export function finalisedTake(take: TakeRow, segments: readonly ProvedSegmentRow[]): FinalisedTake {
  if (take.verdict === null || take.finalisedAt === null) throw new AppError('take_closed');
  return {
    takeId: take.id,
    segments: segments.map((segment) => ({ sizeBytes: segment.sizeBytes, sha256: segment.sha256 })),
    receivedAt: take.finalisedAt.toISOString(),
    verdict: take.verdict,
  };
}
