import type { FaultReason } from '@fairtake/contracts';
import type { TakeRow, TenantContext } from '@fairtake/database';
import { heldSeconds, isCorroborated, nameDevice } from '@fairtake/domain';

/** Who noticed a fault, and on which device: null when the server found it. */
export type FaultWitness = { source: 'candidate'; userAgent: string } | { source: 'server' };

/**
 * Keeps the evidence of a technical fault beside the take that was given back: what the server itself saw, on its own
 * clock. For the candidate and for recruiters; no reviewer's route reads it.
 */
export async function recordFault(
  tx: TenantContext,
  take: TakeRow,
  fault: { reason: FaultReason; witness: FaultWitness; now: Date },
): Promise<void> {
  const { reason, witness, now } = fault;
  await tx.takeFaults.record({
    takeId: take.id,
    interviewId: take.interviewId,
    reason,
    source: witness.source,
    corroborated: isCorroborated(reason, take, now),
    // Of a page that went away only its last sign of life is known.
    happenedAt: reason === 'page_closed' ? take.leasedAt : now,
    heldBytes: take.sizeBytes,
    heldSeconds: heldSeconds(take),
    device: witness.source === 'candidate' ? deviceOf(witness.userAgent) : null,
  });
}

/** As coarse as support needs: "Chrome, Android". */
function deviceOf(userAgent: string): string | null {
  const { browser, system } = nameDevice(userAgent);
  return [browser, system].filter((part) => part !== null).join(', ') || null;
}
