import type { BoardRow } from '@fairtake/contracts';
import type { BoardFactsRow, GivenScoreRow } from '@fairtake/database';
import { shownDeadlineOf } from '../candidate/shown-deadline';
import { boardState, interviewScore, type InterviewScore } from '@fairtake/domain';

/** Weights of a position's criteria, by id. */
export type CriterionWeights = ReadonlyMap<string, number>;

/** The mechanically combined score of one interview from its submitted reviews. */
export function scoreOf(scores: readonly GivenScoreRow[], weights: CriterionWeights): InterviewScore | null {
  const levels = scores.flatMap((score) =>
    score.level === null
      ? []
      : [{ reviewerId: score.memberId, criterionId: score.criterionId, level: score.level, weight: 1 }],
  );
  return interviewScore(levels, weights);
}

/** One card of the board. The score appears only when every review of the round is in. */
export function boardRow(
  facts: BoardFactsRow,
  scores: readonly GivenScoreRow[],
  weights: CriterionWeights,
  now: Date,
): BoardRow {
  const complete = facts.reviewsExpected > 0 && facts.reviewsSubmitted >= facts.reviewsExpected;
  return {
    interviewId: facts.id,
    name: facts.name,
    email: facts.email,
    state: boardState(facts),
    answersKept: facts.answersKept,
    answersTotal: facts.answersTotal,
    reviewsSubmitted: facts.reviewsSubmitted,
    reviewsExpected: facts.reviewsExpected,
    score: complete ? (scoreOf(scores, weights)?.mean ?? null) : null,
    shortlisted: facts.shortlisted,
    opened: facts.openedAt !== null,
    invitationRevoked: facts.revoked,
    mediaFailures: facts.mediaFailures,
    invitedAt: facts.invitedAt.toISOString(),
    startedAt: facts.startedAt?.toISOString() ?? null,
    submittedAt: facts.submittedAt?.toISOString() ?? null,
    deadlineAt: shownDeadlineOf(facts, now)?.toISOString() ?? null,
    deadlinePaused: facts.pausedFrom !== null,
    openRequests: facts.openRequests,
    reviewDueAt: facts.reviewDueAt?.toISOString() ?? null,
  };
}
