import * as z from 'zod';
import { AdjustmentKind, AdjustmentPolicy } from './adjustments';
import { limits } from './limits';
import { QuestionSettings } from './question-settings';
import { Id, Instant, Line, LocaleTag, LocalizedText, PlannedInstant } from './text';

export const questionKinds = ['video', 'audio', 'screen', 'text', 'choice', 'file'] as const;
export const QuestionKind = z.enum(questionKinds);
export type QuestionKind = z.infer<typeof QuestionKind>;
/** Kinds that are recorded; the others are answered with a response (`responses.ts`). */
export const recordedKinds = ['video', 'audio', 'screen'] as const satisfies readonly QuestionKind[];

export const PositionState = z.enum(['draft', 'open', 'closed']);
export type PositionState = z.infer<typeof PositionState>;

/** A question as written in set-up. Ids are made by the client (UUID) so that rubric criteria can name questions. */
export const QuestionDraft = z
  .strictObject({
    questionId: Id,
    kind: QuestionKind,
    /** Absent for the recorded kinds. */
    settings: QuestionSettings.optional(),
    text: LocalizedText,
    /** Soft think time; null means as long as the person likes. */
    thinkSeconds: z.int().min(0).max(limits.thinkSecondsMax).nullable(),
    /** A limit for what is recorded; for text, choice and file a guide that nothing is cut off by. */
    answerSeconds: z.int().min(limits.answerSecondsMin).max(limits.answerSecondsMax),
    takes: z.int().min(1).max(limits.takesMax),
    required: z.boolean(),
  })
  .refine(({ kind, settings }) => !settings || settings.kind === kind, {
    path: ['settings', 'kind'],
    error: 'belongs to another kind of question',
  });
export type QuestionDraft = z.infer<typeof QuestionDraft>;

export const Level = z.int().min(1).max(5);
export const Anchor = z.strictObject({ level: Level, text: LocalizedText });
export const CriterionDraft = z.strictObject({
  criterionId: Id,
  name: LocalizedText,
  lookFor: LocalizedText.nullable(),
  /** Share of the interview score; shown as a percentage of all weights. */
  weight: z.number().min(0.01).max(100),
  anchors: z
    .array(Anchor)
    .max(5)
    .refine((anchors) => new Set(anchors.map((a) => a.level)).size === anchors.length, 'has a level twice'),
  questionIds: z.array(Id).max(limits.questionsMax),
});
export type CriterionDraft = z.infer<typeof CriterionDraft>;

/** The whole position as set-up edits it. Incomplete drafts are saved; publishing checks the rest. */
export const PositionDraft = z.strictObject({
  title: LocalizedText,
  languages: z.array(LocaleTag).min(1).max(10),
  deadlineAt: PlannedInstant.nullable(),
  /** IANA name, the zone dates are shown in beside the reader's own. */
  timeZone: Line(64),
  blind: z.boolean(),
  autoSubmit: z.boolean(),
  adjustmentPolicy: AdjustmentPolicy,
  /** What candidates may have changed. How a page looks can always be changed. */
  adjustmentKinds: z.array(AdjustmentKind).max(AdjustmentKind.options.length),
  reviewersPerAnswer: z.int().min(1).max(10),
  replyWorkingDays: z.int().min(1).max(60),
  retentionDays: z.int().min(1).max(730),
  questions: z.array(QuestionDraft).max(limits.questionsMax),
  criteria: z.array(CriterionDraft).max(limits.criteriaMax),
  reviewerIds: z.array(Id).max(limits.reviewersMax),
});
export type PositionDraft = z.infer<typeof PositionDraft>;

export const PositionView = PositionDraft.extend({
  positionId: Id,
  state: PositionState,
  rubricVersion: z.int(),
  /** Sent back as `If-Match`. */
  version: z.int(),
  publishedAt: Instant.nullable(),
});
export type PositionView = z.infer<typeof PositionView>;

export const PositionSummary = z.strictObject({
  positionId: Id,
  title: LocalizedText,
  state: PositionState,
  deadlineAt: Instant.nullable(),
  questions: z.int(),
  interviews: z.strictObject({ invited: z.int(), started: z.int(), submitted: z.int() }),
});
export type PositionSummary = z.infer<typeof PositionSummary>;
export const PositionList = z.strictObject({
  data: z.array(PositionSummary),
  nextCursor: z.string().nullable(),
});

export const ListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).default(50),
  cursor: z.string().max(400).optional(),
});
export type ListQuery = z.infer<typeof ListQuery>;
export type Level = z.infer<typeof Level>;
export type Anchor = z.infer<typeof Anchor>;
export type PositionList = z.infer<typeof PositionList>;
