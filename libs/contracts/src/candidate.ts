import * as z from 'zod';
import { CandidateAdjustments, FaultReason, TimeRequestView } from './adjustments';
import { QuestionKind } from './positions';
import { QuestionSettings } from './question-settings';
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
  settings: QuestionSettings.optional(),
  text: LocalizedText,
  thinkSeconds: z.int().nullable(),
  answerSeconds: z.int(),
  graceSeconds: z.int(),
  takes: z.int(),
  required: z.boolean(),
  showCountdown: z.boolean(),
  /**
   * Issued ahead, so that an answer may start while offline. A take may start before `startBeforeAt` and arrive until
   * `uploadsEndAt`; both null without a deadline. The server's clock decides.
   */
  window: z.strictObject({
    issuedAt: Instant,
    startBeforeAt: Instant.nullable(),
    uploadsEndAt: Instant.nullable(),
  }),
});
export type CandidateQuestion = z.infer<typeof CandidateQuestion>;

export const CandidateAnswer = z.strictObject({
  questionId: Id,
  /** Server clock; null until the question was opened. */
  thinkStartedAt: Instant.nullable(),
  takesUsed: z.int(),
  keptTakeId: Id.nullable(),
  /** There is an answer: a take or a response was kept. */
  kept: z.boolean(),
  keptDurationSeconds: z.number().nullable(),
  takes: z.array(
    z.strictObject({
      takeId: Id,
      state: TakeState,
      startedAt: Instant,
      /** Open, but its page has been gone for a while: it can be given back, or what arrived can be kept. */
      vanished: z.boolean(),
      /** The technical fault that gave it back. */
      fault: z
        .strictObject({ reason: FaultReason, at: Instant, heldSeconds: z.number(), heldBytes: z.int() })
        .nullable(),
      /** Seconds known to be missing of a take that was kept although a part was lost; null for a whole one. */
      missingSeconds: z.number().nullable(),
    }),
  ),
});
export type CandidateAnswer = z.infer<typeof CandidateAnswer>;

/** Steps of recording quality, best first; the capture library has their sizes and bitrates. */
export const RecordingRung = z.enum(['720p30', '540p30', '360p24', '360p15', '180p10', 'audio']);
export type RecordingRung = z.infer<typeof RecordingRung>;

/** What the installation says about recording. */
export const CaptureSettings = z.strictObject({
  /** False leaves recording to the browser's own recorder. */
  enhancedRecorder: z.boolean(),
  /** Quality never falls below this, however slow the link. */
  floor: RecordingRung,
});
export type CaptureSettings = z.infer<typeof CaptureSettings>;

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
  /** The deadline stands still while an adjustment is being answered; `deadlineAt` is what it would be by now. */
  deadlinePaused: z.boolean(),
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
  /** Known before consent, so that the first page can say what is needed. */
  kinds: z.array(QuestionKind),
  /** Think, answer and three minutes of set-up, rounded up to five. */
  minutes: z.int(),
  answers: z.array(CandidateAnswer),
  adjustments: CandidateAdjustments,
  /** The newest request for more time. */
  timeRequest: TimeRequestView.nullable(),
  capture: CaptureSettings,
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
