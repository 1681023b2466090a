import type { CandidateAnswer } from '@fairtake/contracts';
import type { AnswerRow, TakeFaultRow, TakeRow } from '@fairtake/database';
import { isVanished } from '@fairtake/domain';

/** What was recorded in an interview, and when it is looked at. */
export interface RecordedTakes {
  takes: readonly TakeRow[];
  faults: readonly TakeFaultRow[];
  now: Date;
}

/** One answer as its candidate sees it. Takes that were given back, or whose page is gone, do not count as used. */
export function candidateAnswer(answer: AnswerRow, recorded: RecordedTakes): CandidateAnswer {
  const own = recorded.takes.filter((take) => take.answerId === answer.id);
  const kept = own.find((take) => take.id === answer.keptTakeId);
  return {
    questionId: answer.questionId,
    thinkStartedAt: answer.thinkStartedAt.toISOString(),
    takesUsed: own.filter((take) => countsAsUsed(take, recorded.now)).length,
    keptTakeId: answer.keptTakeId,
    kept: answer.keptAt !== null,
    keptDurationSeconds: kept ? (answer.durationSeconds ?? (kept.durationMs ?? 0) / 1000) : null,
    takes: own.map((take) => ({
      takeId: take.id,
      state: take.state,
      startedAt: take.startedAt.toISOString(),
      vanished: isVanished(take, recorded.now),
      fault: faultOf(take, recorded.faults),
      missingSeconds: take.missingSeconds,
    })),
  };
}

/** A take whose page vanished leaves room for another one; it counts again when the page comes back. */
export const countsAsUsed = (take: TakeRow, now: Date): boolean =>
  take.state !== 'returned' && !isVanished(take, now);

/** What arrived whole in the end was no fault. */
function faultOf(
  { id, state }: TakeRow,
  faults: readonly TakeFaultRow[],
): CandidateAnswer['takes'][number]['fault'] {
  const fault = faults.find(({ takeId }) => takeId === id);
  if (!fault || (state !== 'returned' && state !== 'open')) return null;
  const { reason, happenedAt, heldSeconds, heldBytes } = fault;
  return { reason, at: happenedAt.toISOString(), heldSeconds, heldBytes };
}
