import * as z from 'zod';
import { QuestionKind } from './positions';
import { Id, Instant, LinkToken, LocaleTag, LocalizedText } from './text';
import { TakeState } from './uploads';

export const OpenInvitation = z.strictObject({ token: LinkToken });
export const OpenedInvitation = z.strictObject({ interviewId: Id });

export const InterviewState = z.enum(['invited', 'started', 'submitted', 'withdrawn']);
export type InterviewState = z.infer<typeof InterviewState>;

/** A question with this person's adjustments already applied. */
export const CandidateQuestion = z.strictObject({
  questionId: Id,
  kind: QuestionKind,
  text: LocalizedText,
  thinkSeconds: z.int().nullable(),
  answerSeconds: z.int(),
  graceSeconds: z.int(),
  takes: z.int(),
  required: z.boolean(),
  showCountdown: z.boolean(),
});
export type CandidateQuestion = z.infer<typeof CandidateQuestion>;

export const CandidateAnswer = z.strictObject({
  questionId: Id,
  /** Server clock; null until the question was opened. */
  thinkStartedAt: Instant.nullable(),
  takesUsed: z.int(),
  keptTakeId: Id.nullable(),
  keptDurationSeconds: z.number().nullable(),
  takes: z.array(z.strictObject({ takeId: Id, state: TakeState, startedAt: Instant })),
});
export type CandidateAnswer = z.infer<typeof CandidateAnswer>;

export const CandidateInterview = z.strictObject({
  interviewId: Id,
  state: InterviewState,
  locale: LocaleTag,
  candidateName: z.string(),
  organisation: z.string(),
  contactEmail: z.string().nullable(),
  title: LocalizedText,
  languages: z.array(LocaleTag),
  deadlineAt: Instant.nullable(),
  timeZone: z.string(),
  reviewers: z.int(),
  replyWorkingDays: z.int(),
  autoSubmit: z.boolean(),
  consent: z.strictObject({
    given: z.boolean(),
    noticeId: Id,
    version: z.int(),
    text: LocalizedText,
    retentionDays: z.int(),
  }),
  /** Empty before consent: nobody reads the questions before agreeing to be recorded. */
  questions: z.array(CandidateQuestion),
  questionCount: z.int(),
  /** Think, answer and three minutes of set-up, rounded up to five. */
  minutes: z.int(),
  answers: z.array(CandidateAnswer),
  /** Short code a candidate can quote, printed on the receipt. */
  reference: z.string(),
  submittedAt: Instant.nullable(),
  replyPromisedAt: Instant.nullable(),
  serverNow: Instant,
});
export type CandidateInterview = z.infer<typeof CandidateInterview>;

export const GiveConsent = z.strictObject({ noticeId: Id, locale: LocaleTag });
export type GiveConsent = z.infer<typeof GiveConsent>;
export const CandidateParams = z.strictObject({ interviewId: Id });
export type CandidateParams = z.infer<typeof CandidateParams>;
export const SubmittedInterview = z.strictObject({
  reference: z.string(),
  submittedAt: Instant,
  replyPromisedAt: Instant,
});
export type SubmittedInterview = z.infer<typeof SubmittedInterview>;
export type OpenInvitation = z.infer<typeof OpenInvitation>;
export type OpenedInvitation = z.infer<typeof OpenedInvitation>;
