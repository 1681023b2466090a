import type { HolderRow, TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import type { CandidateActor } from '../security/actors';

/** A device that was not heard of for this long does not hold an interview against another one any more. */
export const deviceLiveMs = 30_000;

/** Whether the holder was heard of lately. */
export const isLive = (holder: Pick<HolderRow, 'seenAt'>, now: Date): boolean =>
  now.getTime() - holder.seenAt.getTime() < deviceLiveMs;

/** What a device shows while it holds the interview. */
export interface HeldPlace {
  questionId: string | null;
  recording: boolean;
}

/**
 * Makes this device the one that begins recordings. The caller holds the interview's row lock.
 *
 * @returns whether it was the holder before
 * @throws AppError take_elsewhere while another device is live and the person did not choose this one
 */
export async function claimInterview(
  tx: TenantContext,
  candidate: CandidateActor,
  place: HeldPlace,
  { takeOver, now }: { takeOver: boolean; now: Date },
): Promise<{ heldBefore: boolean }> {
  const holder = await tx.devices.holder(candidate.interviewId);
  const heldBefore = holder?.sessionId === candidate.sessionId;
  if (holder && !heldBefore && !takeOver && isLive(holder, now)) throw new AppError('take_elsewhere');
  await tx.devices.hold(candidate.interviewId, { sessionId: candidate.sessionId, at: now, ...place });
  return { heldBefore };
}
