import * as z from 'zod';
import { AnswerMedia } from './answers';
import { EmailAddress, Id, Instant, Line, LocaleTag, LocalizedText, PlannedInstant } from './text';

export const InviteCandidate = z.strictObject({
  name: Line(120),
  email: EmailAddress.optional(),
  locale: LocaleTag,
  /** An individual deadline; otherwise the position's. */
  deadlineAt: PlannedInstant.optional(),
});
export type InviteCandidate = z.infer<typeof InviteCandidate>;

/** The link carries the token in its fragment; it is shown now and stored only as a hash. */
export const InvitationLink = z.strictObject({
  interviewId: Id,
  link: z.string(),
  expiresAt: Instant.nullable(),
});
export type InvitationLink = z.infer<typeof InvitationLink>;

/** Where an interview stands on the board. The first four move by themselves. */
export const BoardState = z.enum([
  'invited',
  'started',
  'received',
  'in_review',
  'reviewed',
  'shortlist',
  'decided',
  'withdrawn',
]);
export type BoardState = z.infer<typeof BoardState>;

export const BoardRow = z.strictObject({
  interviewId: Id,
  name: z.string(),
  email: z.string().nullable(),
  state: BoardState,
  answersKept: z.int(),
  answersTotal: z.int(),
  reviewsSubmitted: z.int(),
  reviewsExpected: z.int(),
  /** Only when every review of the round is in. */
  score: z.number().nullable(),
  shortlisted: z.boolean(),
  opened: z.boolean(),
  invitationRevoked: z.boolean(),
  mediaFailures: z.int(),
  invitedAt: Instant,
  startedAt: Instant.nullable(),
  submittedAt: Instant.nullable(),
  deadlineAt: Instant.nullable(),
  /** The deadline stands still while an adjustment is being answered. */
  deadlinePaused: z.boolean(),
  /** Requests of this candidate (adjustments, more time) that wait for an answer. */
  openRequests: z.int(),
  /** When the reviewers should be done; null before an answer entered a round. */
  reviewDueAt: Instant.nullable(),
});
export type BoardRow = z.infer<typeof BoardRow>;
export const Board = z.strictObject({ data: z.array(BoardRow), nextCursor: z.string().nullable() });
export type Board = z.infer<typeof Board>;

export const Shortlisting = z.strictObject({ shortlisted: z.boolean() });

const ScoreDot = z.strictObject({ level: z.int(), reviewer: z.string() });
/** One score cell: every single score, their median, and `split` when they lie two or more apart. */
export const MatrixCell = z.strictObject({
  criterionId: Id,
  median: z.number().nullable(),
  dots: z.array(ScoreDot),
  cannotRate: z.int(),
  split: z.boolean(),
});
export type MatrixCell = z.infer<typeof MatrixCell>;

export const ComparePane = z.strictObject({
  interviewId: Id,
  name: z.string(),
  media: AnswerMedia.nullable(),
  cells: z.array(MatrixCell),
  comments: z.array(
    z.strictObject({ reviewer: z.string(), atSeconds: z.number().nullable(), text: z.string() }),
  ),
  /** True while the reader still owes a review of this answer: scores and comments are withheld until then. */
  withheld: z.boolean(),
});
export type ComparePane = z.infer<typeof ComparePane>;

export const Comparison = z.strictObject({
  positionId: Id,
  title: LocalizedText,
  questions: z.array(z.strictObject({ questionId: Id, text: LocalizedText, criterionIds: z.array(Id) })),
  questionId: Id,
  criteria: z.array(z.strictObject({ criterionId: Id, name: LocalizedText, share: z.number() })),
  panes: z.array(ComparePane),
  matrix: z.array(
    z.strictObject({
      interviewId: Id,
      name: z.string(),
      score: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
      cells: z.array(MatrixCell),
      withheld: z.boolean(),
    }),
  ),
});
export type Comparison = z.infer<typeof Comparison>;
export const CompareQuery = z.strictObject({
  /** Two to four interview ids, comma-separated. */
  interviews: z
    .string()
    .max(200)
    .transform((list) => [...new Set(list.split(','))])
    .pipe(z.array(Id).min(2).max(4)),
  question: Id.optional(),
});
export type CompareQuery = z.infer<typeof CompareQuery>;
export type Shortlisting = z.infer<typeof Shortlisting>;
