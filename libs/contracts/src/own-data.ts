import * as z from 'zod';
import { Id, Instant, LocaleTag } from './text';
import { ResponseContent } from './responses';
import { TakeState } from './uploads';

/** One playable piece of an own recording: what one recorder wrote, from its beginning to its end. */
export const OwnSegment = z.strictObject({
  /** Same-origin; needs the candidate's session. `Range` works; with `?download=1` it is saved instead of played. */
  url: z.string(),
  mimeType: z.enum(['video/mp4', 'video/webm']),
  sizeBytes: z.int(),
});
export type OwnSegment = z.infer<typeof OwnSegment>;

/** `GET …/takes/{takeId}/media`: how a candidate plays a recording of their own that the server holds whole. */
export const OwnTakeMedia = z.strictObject({
  takeId: Id,
  durationSeconds: z.number(),
  /** Null when it is not known before the bytes are read. */
  audioOnly: z.boolean().nullable(),
  segments: z.array(OwnSegment),
});
export type OwnTakeMedia = z.infer<typeof OwnTakeMedia>;

/** `GET …/my-data`: what is held of this candidate in this interview. */
export const OwnData = z.strictObject({
  name: z.string(),
  email: z.string().nullable(),
  consents: z.array(z.strictObject({ version: z.int(), locale: LocaleTag, givenAt: Instant })),
  takes: z.array(
    z.strictObject({
      takeId: Id,
      questionId: Id,
      state: TakeState,
      startedAt: Instant,
      durationSeconds: z.number().nullable(),
      sizeBytes: z.int(),
    }),
  ),
  /** What was written, chosen or sent as a file. */
  responses: z.array(
    z.strictObject({
      questionId: Id,
      savedAt: Instant,
      /** It is the answer, not only a draft. */
      kept: z.boolean(),
      content: ResponseContent,
      fileName: z.string().nullable(),
    }),
  ),
});
export type OwnData = z.infer<typeof OwnData>;

/** `POST …/withdraw`: the word itself, so that no stray request ends an application. */
export const WithdrawInterview = z.strictObject({ confirm: z.literal('withdraw') });
export type WithdrawInterview = z.infer<typeof WithdrawInterview>;

/** `GET …/progress`: steps after sending, as far as candidates are told of them. */
export const InterviewProgress = z.strictObject({
  /** The first answer was given to reviewers. */
  reviewStartedAt: Instant.nullable(),
  withdrawnAt: Instant.nullable(),
});
export type InterviewProgress = z.infer<typeof InterviewProgress>;
