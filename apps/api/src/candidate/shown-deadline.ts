import type { InterviewRow } from '@fairtake/database';
import { shownDeadline } from '@fairtake/domain';

/** The deadline people are shown; while it stands still, what it would be if the pause ended now. */
export function shownDeadlineOf(
  interview: Pick<InterviewRow, 'deadlineAt' | 'plannedDeadlineAt' | 'pausedFrom'>,
  now: Date,
): Date | null {
  const { deadlineAt, plannedDeadlineAt, pausedFrom } = interview;
  if (deadlineAt === null || plannedDeadlineAt === null) return null;
  return new Date(
    shownDeadline(
      plannedDeadlineAt.getTime(),
      deadlineAt.getTime(),
      pausedFrom?.getTime() ?? null,
      now.getTime(),
    ),
  );
}
