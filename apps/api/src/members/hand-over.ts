import type { TenantContext } from '@fairtake/database';
import { chooseReviewers } from '@fairtake/domain';
import { v7 as uuidv7 } from 'uuid';

/**
 * Takes the open reviews of a member who has just been disabled and hands each to the least busy of the position's
 * other reviewers who was not given that answer. Without one the answer goes on with fewer reviews: an interview must
 * not wait for somebody who cannot sign in.
 *
 * @returns how many reviews were taken, and how many of them have a new reviewer
 */
export async function handOverReviews(
  tx: TenantContext,
  memberId: string,
  now: Date,
): Promise<{ taken: number; handedOver: number }> {
  // Before looking: an interview that is being sent has chosen this member already, or will see them disabled.
  await tx.rounds.lockOpenOf(memberId);
  const taken = await tx.rounds.declineOpen(memberId);
  let handedOver = 0;
  for (const { roundId, positionId, answerId, dueHours } of taken) {
    if (dueHours === null) continue;
    const asked = await tx.rounds.askedAbout(roundId, answerId);
    const reviewers = await tx.rounds.reviewersByLoad(positionId, roundId);
    const free = reviewers.filter((reviewer) => !asked.includes(reviewer.memberId));
    const [next] = chooseReviewers(free, 1, answerId);
    if (next === undefined) continue;
    const dueAt = new Date(now.getTime() + dueHours * 3_600_000);
    await tx.rounds.assign({ id: uuidv7(), roundId, answerId, memberId: next, dueAt });
    handedOver += 1;
  }
  return { taken: taken.length, handedOver };
}
