import type { ComparePane, Comparison, CriterionDraft, MatrixCell } from '@fairtake/contracts';
import type {
  AnswerRow,
  GivenCommentRow,
  GivenScoreRow,
  InterviewRow,
  PlayableAnswerRow,
} from '@fairtake/database';
import { isSplit, median } from '@fairtake/domain';
import { answerMedia } from '../media/answer-media.mapper';
import { scoreOf, type CriterionWeights } from './board.mapper';

export interface ComparedInterview {
  interview: InterviewRow;
  answers: readonly AnswerRow[];
  media: readonly PlayableAnswerRow[];
  scores: readonly GivenScoreRow[];
  comments: readonly GivenCommentRow[];
  withheld: boolean;
}

/** One candidate's answer to the question, with what was said of it. */
export function comparePane(
  each: ComparedInterview,
  questionId: string,
  criteria: readonly CriterionDraft[],
): ComparePane {
  const answer = each.answers.find((one) => one.questionId === questionId);
  const media = each.media.find((one) => one.id === answer?.id);
  const scores = each.scores.filter((score) => score.questionId === questionId);
  return {
    interviewId: each.interview.id,
    name: each.interview.candidateName,
    media: media ? answerMedia(media, { named: true }) : null,
    cells: criteria.map((criterion) => matrixCell(criterion.criterionId, scores)),
    comments: each.comments
      .filter((comment) => comment.answerId === answer?.id)
      .map(({ reviewer, atSeconds, text }) => ({ reviewer, atSeconds, text })),
    withheld: each.withheld,
  };
}

/** One interview over all criteria, with its combined score and interval. */
export function matrixRow(
  each: ComparedInterview,
  criteria: readonly CriterionDraft[],
  weights: CriterionWeights,
): Comparison['matrix'][number] {
  const score = scoreOf(each.scores, weights);
  return {
    interviewId: each.interview.id,
    name: each.interview.candidateName,
    score: score?.mean ?? null,
    low: score?.low ?? null,
    high: score?.high ?? null,
    cells: criteria.map((criterion) => matrixCell(criterion.criterionId, each.scores)),
    withheld: each.withheld,
  };
}

function matrixCell(criterionId: string, scores: readonly GivenScoreRow[]): MatrixCell {
  const own = scores.filter((score) => score.criterionId === criterionId);
  const dots = own.flatMap(({ level, reviewer }) => (level === null ? [] : [{ level, reviewer }]));
  const levels = dots.map((dot) => dot.level);
  return {
    criterionId,
    median: median(levels),
    dots,
    cannotRate: own.length - dots.length,
    split: isSplit(levels),
  };
}
