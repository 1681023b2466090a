import * as z from 'zod';
import { FileType } from './question-settings';
import { Id, LocaleTag, LocalizedText } from './text';

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

/** What was written, chosen or sent instead of a recording, as reviewers see it. */
export const GivenResponse = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string(), locale: LocaleTag }),
  z.strictObject({
    kind: z.literal('choice'),
    options: z.array(z.strictObject({ optionId: Id, text: LocalizedText, chosen: z.boolean() })),
  }),
  z.strictObject({
    kind: z.literal('file'),
    type: FileType,
    sizeBytes: z.int(),
    /** Null where names are withheld: a file's name often is its author's. */
    name: z.string().nullable(),
    url: z.string(),
  }),
]);
export type GivenResponse = z.infer<typeof GivenResponse>;

/** What a player needs to know about an answer. URLs are same-origin and need the session cookie. */
export const AnswerMedia = z.strictObject({
  answerId: Id,
  state: MediaState,
  /** Names what is published, in addresses and beacons. A number without meaning: it counts nothing. */
  generation: z.int(),
  sources: z.array(MediaSource),
  posterUrl: z.string().nullable(),
  /** Of the recording; of a response, how long reading it takes by estimate. */
  durationSeconds: z.number().nullable(),
  audioOnly: z.boolean(),
  failure: MediaFailure.nullable(),
  /** Finished, but its decoded length or frames did not match what was recorded. */
  flagged: z.boolean(),
  /** Seconds known to be missing: a part of the recording was lost on its way. Null for a whole one. */
  partialMissingSeconds: z.number().nullable(),
  /** Instead of anything to play. */
  response: GivenResponse.nullable(),
});
export type AnswerMedia = z.infer<typeof AnswerMedia>;

/** A beacon on `playing`; a prefetch is no view. The id makes a repeated beacon one row. */
export const RecordPlayback = z.strictObject({ playbackId: Id, generation: z.int().min(1).max(9_999_999) });
export type RecordPlayback = z.infer<typeof RecordPlayback>;
