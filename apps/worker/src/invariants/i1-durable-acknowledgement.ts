import type { TakeFacts } from './facts';
import { faultOf } from './held-objects';
import type { Finding } from './violation';

/** I1: what was acknowledged is there. A row without its bytes never exists. One finding per take. */
export function durableAcknowledgement(take: TakeFacts): Finding[] {
  const faults = take.segments.flatMap((segment) =>
    segment.chunks.flatMap((chunk) => {
      const fault = faultOf(chunk);
      return fault ? [`segment ${segment.number} chunk ${chunk.index} ${fault}`] : [];
    }),
  );
  if (faults.length === 0) return [];
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more chunks)` : '';
  return [{ invariant: 'I1', subject: 'take', id: take.id, message: `${faults[0]}${more}` }];
}
