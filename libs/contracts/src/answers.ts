import * as z from 'zod';
import { Id } from './text';

export const MediaState = z.enum(['none', 'processing', 'playable', 'finished', 'failed']);
export type MediaState = z.infer<typeof MediaState>;

/** Why an answer cannot be played, in words the screens know. */
export const MediaFailure = z.enum(['unreadable', 'too_large', 'no_media', 'hostile', 'processing_failed']);
export type MediaFailure = z.infer<typeof MediaFailure>;

/** One way to play an answer; the list is in order of preference. */
export const MediaSource = z.strictObject({
  kind: z.enum(['hls', 'progressive']),
  url: z.string(),
  mimeType: z.string(),
});
export type MediaSource = z.infer<typeof MediaSource>;

/** What a player needs to know about an answer. URLs are same-origin and need the session cookie. */
export const AnswerMedia = z.strictObject({
  answerId: Id,
  state: MediaState,
  generation: z.int(),
  sources: z.array(MediaSource),
  posterUrl: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  audioOnly: z.boolean(),
  failure: MediaFailure.nullable(),
  /** Finished, but its decoded length or frames did not match what was recorded. */
  flagged: z.boolean(),
});
export type AnswerMedia = z.infer<typeof AnswerMedia>;

/** A beacon on `playing`; a prefetch is no view. The id makes a repeated beacon one row. */
export const RecordPlayback = z.strictObject({ playbackId: Id, generation: z.int().min(1).max(9_999_999) });
export type RecordPlayback = z.infer<typeof RecordPlayback>;
