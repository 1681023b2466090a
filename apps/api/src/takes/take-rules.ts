import { limits } from '@fairtake/contracts';
import type { TakeRow, TenantContext } from '@fairtake/database';
import { isVanished, takeUploadsEndAt } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { countsAsUsed } from '../candidate/candidate-answer.mapper';
import type { CandidateQuestionRow } from '../candidate/open-interview';
import { deviceLiveMs } from '../hand-off/device-claim';
import type { CandidateActor } from '../security/actors';
import { recordFault } from './take-faults';

/** Tabs of one browser settle among themselves (they share a session and a lock); other devices are told here. */
export const isLiveElsewhere = (take: TakeRow, { sessionId }: CandidateActor, now: Date): boolean =>
  take.state === 'open' &&
  take.leaseSessionId !== sessionId &&
  now.getTime() - take.leasedAt.getTime() < deviceLiveMs;

/** No device ends what another one is recording. @throws AppError take_elsewhere */
export function requireNotElsewhere(take: TakeRow, candidate: CandidateActor, now: Date): void {
  if (isLiveElsewhere(take, candidate, now)) throw new AppError('take_elsewhere');
}

/**
 * A take whose page vanished does not count, and the person may record again. It stays open, with evidence beside it:
 * a page that was only offline comes back with the rest.
 *
 * @throws AppError takes_used_up
 */
export async function requireTakeLeft(
  tx: TenantContext,
  takes: readonly TakeRow[],
  question: CandidateQuestionRow,
  now: Date,
): Promise<void> {
  if (
    takes.filter((take) => countsAsUsed(take, now)).length >= question.takes ||
    takes.length >= question.takes + limits.returnedTakesMax
  )
    throw new AppError('takes_used_up');
  for (const take of takes.filter((each) => isVanished(each, now)))
    await recordFault(tx, take, { reason: 'page_closed', witness: { source: 'server' }, now });
}

/** The last moment chunks of a take are accepted; null without a deadline. */
export function uploadsEndOf(
  take: Pick<TakeRow, 'startedAt' | 'recordingEndsAt' | 'openedLate'>,
  deadlineAt: number | null,
): Date | null {
  const { openedLate } = take;
  const times = { startedAt: take.startedAt.getTime(), recordingEndsAt: take.recordingEndsAt.getTime() };
  const ends = takeUploadsEndAt(deadlineAt, { ...times, openedLate });
  return ends === null ? null : new Date(ends);
}
