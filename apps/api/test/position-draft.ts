import {
  positionDefaults,
  type CriterionDraft,
  type PositionDraft,
  type QuestionDraft,
} from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';

export const questionDraft = (over: Partial<QuestionDraft> = {}): QuestionDraft => ({
  questionId: uuidv7(),
  kind: 'video',
  text: { en: 'What did you do last?' },
  thinkSeconds: 60,
  answerSeconds: 60,
  takes: 3,
  required: true,
  ...over,
});

export const criterionDraft = (
  questionIds: string[],
  over: Partial<CriterionDraft> = {},
): CriterionDraft => ({
  criterionId: uuidv7(),
  name: { en: 'Clarity' },
  lookFor: null,
  weight: 1,
  anchors: ([1, 3, 5] as const).map((level) => ({ level, text: { en: `Seen at ${level}` } })),
  questionIds,
  ...over,
});

/** A position that can be published as soon as it names a reviewer: one question, one criterion. */
export function positionDraft(over: Partial<PositionDraft> = {}): PositionDraft {
  const questions = over.questions ?? [questionDraft()];
  return {
    title: { en: 'Engineer' },
    languages: ['en'],
    deadlineAt: null,
    timeZone: 'Europe/Berlin',
    blind: false,
    autoSubmit: false,
    adjustmentPolicy: 'self_service',
    adjustmentKinds: [...positionDefaults.adjustmentKinds],
    reviewersPerAnswer: 2,
    replyWorkingDays: 3,
    retentionDays: 180,
    criteria: [criterionDraft(questions.map((question) => question.questionId))],
    reviewerIds: [],
    ...over,
    questions,
  };
}
