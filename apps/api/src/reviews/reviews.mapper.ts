import type { BatchSummary, OtherReview, ReviewView } from '@fairtake/contracts';
import type { BatchRow, ReviewRow } from '@fairtake/database';

export function batchSummary(row: BatchRow): BatchSummary {
  return {
    roundId: row.roundId,
    questionId: row.questionId,
    positionId: row.positionId,
    title: row.title,
    questionNumber: row.questionNumber,
    questionCount: row.questionCount,
    text: row.text,
    total: row.total,
    submitted: row.submitted,
    waiting: row.waiting,
    secondsLeft: row.secondsLeft,
    dueAt: row.dueAt?.toISOString() ?? null,
    blind: row.blind,
  };
}

export function reviewView(row: ReviewRow): ReviewView {
  return {
    answerId: row.answerId,
    rubricId: row.rubricId,
    state: row.state,
    version: row.version,
    scores: row.scores,
    comments: row.comments,
    submittedAt: row.submittedAt?.toISOString() ?? null,
  };
}

export function otherReview(row: ReviewRow): OtherReview {
  return { reviewer: row.reviewer, scores: row.scores, comments: row.comments };
}
