import * as z from 'zod';
import { Id, Instant, LinkToken, LocalizedText, PlannedInstant } from './text';

/** What a position may allow or not. How a page looks is never a question of allowing: see `AdjustmentChoice`. */
export const AdjustmentKind = z.enum([
  'think_time',
  'answer_time',
  'extra_takes',
  'audio_only',
  'text_answers',
  'questions_in_advance',
]);
export type AdjustmentKind = z.infer<typeof AdjustmentKind>;

/** `self_service`: applied as soon as chosen. `ask`: a recruiter answers, and the deadline is paused meanwhile. */
export const AdjustmentPolicy = z.enum(['self_service', 'ask']);
export type AdjustmentPolicy = z.infer<typeof AdjustmentPolicy>;

const Factor = z.union([z.literal(1), z.literal(1.5), z.literal(2)]);

/** Everything one person may have changed, as a whole. Nobody is asked for a reason. */
export const AdjustmentChoice = z.strictObject({
  /** Think time is multiplied by this; null lifts the limit. */
  thinkFactor: Factor.nullable(),
  answerFactor: Factor,
  extraTakes: z.int().min(0).max(2),
  /** Video questions are answered by voice alone. */
  audioOnly: z.boolean(),
  /** Spoken questions are answered in writing. */
  textAnswers: z.boolean(),
  questionsInAdvance: z.boolean(),
  /** Larger text, and captions switched on wherever there are any. */
  largerText: z.boolean(),
  reducedMotion: z.boolean(),
  hideCountdown: z.boolean(),
});
export type AdjustmentChoice = z.infer<typeof AdjustmentChoice>;

export const RequestState = z.enum(['asked', 'granted', 'declined']);
export type RequestState = z.infer<typeof RequestState>;

/** What a candidate asked to have changed, and the answer. */
export const AdjustmentRequest = z.strictObject({
  requestId: Id,
  state: RequestState,
  wanted: AdjustmentChoice,
  askedAt: Instant,
  decidedAt: Instant.nullable(),
});
export type AdjustmentRequest = z.infer<typeof AdjustmentRequest>;

/** Adjustments as their candidate sees them. */
export const CandidateAdjustments = z.strictObject({
  policy: AdjustmentPolicy,
  /** Kinds this position offers; how the page looks can always be changed. */
  offered: z.array(AdjustmentKind),
  granted: AdjustmentChoice,
  /** The newest one that was not taken back. */
  request: AdjustmentRequest.nullable(),
});
export type CandidateAdjustments = z.infer<typeof CandidateAdjustments>;

/** A candidate asking for a later deadline. One is open at a time. */
export const TimeRequestView = z.strictObject({
  requestId: Id,
  state: RequestState,
  askedAt: Instant,
  /** The new deadline; only when granted. */
  grantedUntil: Instant.nullable(),
});
export type TimeRequestView = z.infer<typeof TimeRequestView>;

/** Sent from a page that has no session: the link itself has expired. */
export const AskForTime = z.strictObject({ token: LinkToken });
export type AskForTime = z.infer<typeof AskForTime>;

/** What a recruiter grants of an asked adjustment; null declines it. A part of what was asked is fine. */
export const DecideAdjustment = z.strictObject({ granted: AdjustmentChoice.nullable() });
export type DecideAdjustment = z.infer<typeof DecideAdjustment>;

/** The new deadline; null declines the request. */
export const DecideTimeRequest = z.strictObject({ until: PlannedInstant.nullable() });
export type DecideTimeRequest = z.infer<typeof DecideTimeRequest>;

/** A deadline of one's own, in place of the position's and of every pause so far. */
export const SetDeadline = z.strictObject({ deadlineAt: PlannedInstant });
export type SetDeadline = z.infer<typeof SetDeadline>;

/** What technical faults may end a take. The candidate's page names one, or the server finds it. */
export const FaultReason = z.enum([
  'device_lost',
  'encoder_stalled',
  'page_closed',
  'too_short',
  'no_media',
  'offline',
  'storage_full',
]);
export type FaultReason = z.infer<typeof FaultReason>;

/** A fault that gave a take back, for the candidate and the recruiter. Never for reviewers. */
export const TechnicalEvent = z.strictObject({
  takeId: Id,
  takeNumber: z.int(),
  questionNumber: z.int(),
  question: LocalizedText,
  reason: FaultReason,
  /** The server's clock. */
  at: Instant,
  /** Who noticed: the candidate's page, or the server itself. */
  source: z.enum(['candidate', 'server']),
  /** What the server saw agrees with the reason. */
  corroborated: z.boolean(),
  startedAt: Instant,
  /** What the server held when the take ended. Seconds are counted on the server's clock from start to last chunk. */
  heldSeconds: z.number(),
  heldBytes: z.int(),
  /** Browser and kind of device, coarse: "Chrome, Android". */
  device: z.string().nullable(),
});
export type TechnicalEvent = z.infer<typeof TechnicalEvent>;

/** One candidate in one position, for recruiters: time, adjustments, technical events. */
export const InterviewPerson = z.strictObject({
  interviewId: Id,
  name: z.string(),
  state: z.enum(['invited', 'started', 'submitted', 'withdrawn']),
  deadlineAt: Instant.nullable(),
  /** The deadline stands still while an adjustment is being answered. */
  deadlinePaused: z.boolean(),
  timeZone: z.string(),
  policy: AdjustmentPolicy,
  offered: z.array(AdjustmentKind),
  granted: AdjustmentChoice,
  adjustmentRequests: z.array(AdjustmentRequest),
  timeRequests: z.array(TimeRequestView),
  events: z.array(TechnicalEvent),
});
export type InterviewPerson = z.infer<typeof InterviewPerson>;
