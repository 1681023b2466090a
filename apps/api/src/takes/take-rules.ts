import type { InterviewRow, TakeRow, TenantContext } from '@fairtake/database';
import { isVanished, mayOpenLate, takeUploadsEndAt } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { countsAsUsed } from '../candidate/candidate-answer.mapper';
import type { CandidateQuestionRow } from '../candidate/open-interview';
import { noteContact } from '../candidate/view-interview';
import { recordFault } from './take-faults';

/** After the deadline only for a page that was offline since before it: it recorded inside its window (I10). */
export async function requireLate(
  tx: TenantContext,
  interview: InterviewRow,
  { answerSeconds, deadlineAt }: CandidateQuestionRow,
  now: Date,
): Promise<void> {
  await noteContact(tx, interview, now);
  const contacts = {
    deadlineAt,
    windowsIssuedAt: interview.windowsIssuedAt?.getTime() ?? null,
    lateSince: interview.lateSince?.getTime() ?? null,
  };
  if (!mayOpenLate(now.getTime(), contacts, answerSeconds)) throw new AppError('interview_over');
}

/** A take whose page vanished is given back when the person records again and has no other left. */
export async function requireTakeLeft(
  tx: TenantContext,
  takes: readonly TakeRow[],
  question: CandidateQuestionRow,
  now: Date,
): Promise<void> {
  if (takes.filter((take) => countsAsUsed(take, now)).length >= question.takes)
    throw new AppError('takes_used_up');
  const present = takes.filter((take) => take.state !== 'returned');
  if (present.length < question.takes) return;
  for (const take of present.filter((each) => isVanished(each, now))) {
    await tx.takes.move(take.id, 'returned', 'page_closed');
    await recordFault(tx, take, { reason: 'page_closed', witness: { source: 'server' }, now });
  }
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
