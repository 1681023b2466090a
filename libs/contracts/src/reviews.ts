import * as z from 'zod';
import { AnswerMedia } from './answers';
import { limits } from './limits';
import { Anchor, Level } from './positions';
import { Id, Instant, LocalizedText, Prose } from './text';

/** The clips of one question in one round, as one reviewer meets them. */
export const BatchSummary = z.strictObject({
  roundId: Id,
  questionId: Id,
  positionId: Id,
  title: LocalizedText,
  questionNumber: z.int(),
  questionCount: z.int(),
  text: LocalizedText,
  total: z.int(),
  submitted: z.int(),
  waiting: z.int(),
  secondsLeft: z.number(),
  dueAt: Instant.nullable(),
  blind: z.boolean(),
});
export type BatchSummary = z.infer<typeof BatchSummary>;
export const ReviewQueue = z.strictObject({ data: z.array(BatchSummary) });

export const CannotRate = z.enum(['no_answer', 'technical', 'conflict', 'other']);
export type CannotRate = z.infer<typeof CannotRate>;

const Evidence = z
  .strictObject({ startSeconds: z.number().min(0).max(7_200), endSeconds: z.number().min(0).max(7_200) })
  .refine((span) => span.endSeconds >= span.startSeconds, 'ends before it starts');

/** Exactly one of a level and a reason; a criterion without an entry is not scored yet. */
export const ScoreEntry = z
  .strictObject({
    criterionId: Id,
    level: Level.nullable(),
    cannotRate: CannotRate.nullable(),
    evidence: Evidence.nullable(),
  })
  .refine(
    (score) => (score.level === null) !== (score.cannotRate === null),
    'needs a level or a reason, not both',
  );
export type ScoreEntry = z.infer<typeof ScoreEntry>;

export const CommentEntry = z.strictObject({
  commentId: Id,
  atSeconds: z.number().min(0).max(7_200).nullable(),
  text: Prose(4_000),
});
export type CommentEntry = z.infer<typeof CommentEntry>;

/** The whole draft; the same draft again changes nothing. `version` is the one last seen (0 for the first). */
export const SaveReview = z.strictObject({
  rubricId: Id,
  version: z.int().min(0),
  scores: z
    .array(ScoreEntry)
    .max(limits.criteriaMax)
    .refine((s) => new Set(s.map((x) => x.criterionId)).size === s.length, 'has a criterion twice'),
  comments: z
    .array(CommentEntry)
    .max(limits.commentsPerReviewMax)
    .refine((c) => new Set(c.map((x) => x.commentId)).size === c.length, 'has a comment twice'),
});
export type SaveReview = z.infer<typeof SaveReview>;

export const ReviewView = z.strictObject({
  answerId: Id,
  rubricId: Id,
  state: z.enum(['draft', 'submitted']),
  version: z.int(),
  scores: z.array(ScoreEntry),
  comments: z.array(CommentEntry),
  submittedAt: Instant.nullable(),
});
export type ReviewView = z.infer<typeof ReviewView>;

export const OtherReview = z.strictObject({
  reviewer: z.string(),
  scores: z.array(ScoreEntry),
  comments: z.array(CommentEntry),
});

/** One's own review and, only once it is submitted, those of others. */
export const ReviewReply = z.strictObject({
  review: ReviewView,
  others: z.array(OtherReview),
  othersWithheld: z.boolean(),
});
export type ReviewReply = z.infer<typeof ReviewReply>;
export const SubmitReview = z.strictObject({ version: z.int().min(0) });

export const BatchClip = z.strictObject({
  answerId: Id,
  /** "Candidate 07", or the name when the position is not blind. */
  label: z.string(),
  media: AnswerMedia,
  review: ReviewView.nullable(),
});
export type BatchClip = z.infer<typeof BatchClip>;

export const RubricCriterion = z.strictObject({
  criterionId: Id,
  name: LocalizedText,
  lookFor: LocalizedText.nullable(),
  anchors: z.array(Anchor),
});
export type RubricCriterion = z.infer<typeof RubricCriterion>;

export const ReviewBatch = z.strictObject({
  roundId: Id,
  questionId: Id,
  positionId: Id,
  title: LocalizedText,
  questionNumber: z.int(),
  questionCount: z.int(),
  text: LocalizedText,
  blind: z.boolean(),
  closed: z.boolean(),
  dueAt: Instant.nullable(),
  rubricId: Id,
  rubricVersion: z.int(),
  criteria: z.array(RubricCriterion),
  clips: z.array(BatchClip),
});
export type ReviewBatch = z.infer<typeof ReviewBatch>;
export type ReviewQueue = z.infer<typeof ReviewQueue>;
export type OtherReview = z.infer<typeof OtherReview>;
export type SubmitReview = z.infer<typeof SubmitReview>;
