import type { CandidateAnswer } from '@fairtake/contracts';
import type { AnswerRow, TakeRow } from '@fairtake/database';

/** One answer as its candidate sees it. Given-back takes do not count as used. */
export function candidateAnswer(answer: AnswerRow, takes: readonly TakeRow[]): CandidateAnswer {
  const own = takes.filter((take) => take.answerId === answer.id);
  const kept = own.find((take) => take.id === answer.keptTakeId);
  return {
    questionId: answer.questionId,
    thinkStartedAt: answer.thinkStartedAt.toISOString(),
    takesUsed: own.filter((take) => take.state !== 'returned').length,
    keptTakeId: answer.keptTakeId,
    kept: answer.keptAt !== null,
    keptDurationSeconds: kept ? (answer.durationSeconds ?? (kept.durationMs ?? 0) / 1000) : null,
    takes: own.map((take) => ({
      takeId: take.id,
      state: take.state,
      startedAt: take.startedAt.toISOString(),
    })),
  };
}
