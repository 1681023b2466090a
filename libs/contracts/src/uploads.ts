import * as z from 'zod';
import { limits } from './limits';
import { Id, Instant } from './text';

/** Lower-case hexadecimal SHA-256. */
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** MIME types a recorder may declare; anything else is refused before a byte is stored. */
export const RecordedMimeType = z
  .string()
  .max(100)
  .regex(/^(video|audio)\/(mp4|webm)(;\s*codecs="?[A-Za-z0-9., _-]+"?)?$/);

/** `PUT /candidate/interviews/{interviewId}/takes/{takeId}`: opens a take, or takes its lease over. */
export const OpenTake = z.strictObject({
  questionId: Id,
  recorder: z.enum(['baseline', 'enhanced']),
  mimeType: RecordedMimeType,
  /** Set when the person chose to go on here although another tab or device holds the take. */
  takeOver: z.boolean().optional(),
  /**
   * Set when the recording began while the page could not reach the server. After the deadline such a take is still
   * opened when the server issued its window in time and the page has only just come back.
   */
  startedOffline: z.boolean().optional(),
});
export type OpenTake = z.infer<typeof OpenTake>;

export const TakeLease = z.strictObject({
  takeId: Id,
  /** Sent back as the `Fairtake-Lease` header with every chunk. */
  lease: Id,
  /** First segment number this lease may write; earlier ones belong to earlier leases. */
  nextSegment: z.int().min(0),
  takeNumber: z.int().min(1),
  serverNow: Instant,
  /** Server clock: recording started at, and the last moment it may go on to (answer limit and grace). */
  startedAt: Instant,
  recordingEndsAt: Instant,
  /** The last moment chunks of this take are accepted; null without a deadline. */
  uploadsEndAt: Instant.nullable(),
  limits: z.strictObject({
    chunkMaxBytes: z.int(),
    takeMaxChunks: z.int(),
    takeMaxSegments: z.int(),
    takeMaxBytes: z.int(),
    answerSeconds: z.int(),
    graceSeconds: z.int(),
  }),
});
export type TakeLease = z.infer<typeof TakeLease>;

export const ChunkParams = z.strictObject({
  interviewId: Id,
  takeId: Id,
  segment: z
    .string()
    .regex(/^(0|[1-9]\d{0,3})$/)
    .transform(Number)
    .pipe(z.int().max(limits.takeMaxSegments - 1)),
  index: z
    .string()
    .regex(/^(0|[1-9]\d{0,4})$/)
    .transform(Number)
    .pipe(z.int().max(limits.takeMaxChunks - 1)),
});
export type ChunkParams = z.infer<typeof ChunkParams>;

/** Reply to a chunk: 201 the first time, 200 for the same bytes again. Either way the bytes are durable. */
export const ChunkReceipt = z.strictObject({
  segment: z.int(),
  index: z.int(),
  sizeBytes: z.int(),
  sha256: Sha256Hex,
});
export type ChunkReceipt = z.infer<typeof ChunkReceipt>;

export const takeStates = ['open', 'finalised', 'kept', 'discarded', 'returned'] as const;
export const TakeState = z.enum(takeStates);
export type TakeState = z.infer<typeof TakeState>;

export const HeldSegment = z.strictObject({
  segment: z.int(),
  /** Chunks 0 … contiguous−1 are all held. */
  contiguous: z.int(),
  /** Base64 bitmap of held indexes, least significant bit first. */
  bitmap: z.string(),
  sizeBytes: z.int(),
});
export const TakeStatus = z.strictObject({
  takeId: Id,
  questionId: Id,
  state: TakeState,
  segments: z.array(HeldSegment),
});
export type TakeStatus = z.infer<typeof TakeStatus>;

const sum = (numbers: number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * The manifest: what the recorder says it produced. `sha256` is over the concatenated raw 32-byte chunk digests in
 * index order.
 */
export const FinaliseTake = z.strictObject({
  segments: z
    .array(
      z.strictObject({
        count: z.int().min(1).max(limits.takeMaxChunks),
        sizeBytes: z.int().min(1).max(limits.takeMaxBytes),
        sha256: Sha256Hex,
      }),
    )
    .min(1)
    .max(limits.takeMaxSegments)
    .refine((list) => sum(list.map((one) => one.count)) <= limits.takeMaxChunks, 'has too many chunks')
    .refine((list) => sum(list.map((one) => one.sizeBytes)) <= limits.takeMaxBytes, 'is too large'),
  durationMs: z
    .int()
    .min(0)
    .max((limits.answerSecondsMax * 4 + limits.graceSeconds) * 1000),
});
export type FinaliseTake = z.infer<typeof FinaliseTake>;

export const FinalisedTake = z.strictObject({
  takeId: Id,
  /** SHA-256 of each segment's whole bytes as the server read them back from its store. */
  segments: z.array(z.strictObject({ sizeBytes: z.int(), sha256: Sha256Hex })),
  receivedAt: Instant,
  /** A take too short or without media is told at once and does not count; `partial` only by salvage. */
  verdict: z.enum(['complete', 'partial', 'too_short', 'no_media']),
});
export type FinalisedTake = z.infer<typeof FinalisedTake>;

/** `POST …/takes/{takeId}/return`: a technical fault ended the take; it does not count. */
export const ReturnTake = z.strictObject({
  reason: z.enum(['device_lost', 'encoder_stalled', 'page_closed', 'too_short', 'offline', 'storage_full']),
});
export type ReturnTake = z.infer<typeof ReturnTake>;

/**
 * `POST …/takes/{takeId}/salvage`: a part of the recording is lost for good; what arrived up to the
 * first gap is kept and says so. For a device that has lost its copy; a whole recording is finalised instead.
 */
export const SalvageTake = z.strictObject({
  /** Length of the whole recording as its recorder knew it; null when nobody knows any more. */
  durationMs: z
    .int()
    .min(0)
    .max((limits.answerSecondsMax * 4 + limits.graceSeconds) * 1000)
    .nullable(),
});
export type SalvageTake = z.infer<typeof SalvageTake>;

/** Members of the 409 problem `chunks_missing`. */
export const MissingChunks = z.array(z.strictObject({ segment: z.int(), indexes: z.array(z.int()) }));
export type MissingChunks = z.infer<typeof MissingChunks>;
export type Sha256Hex = z.infer<typeof Sha256Hex>;
export type RecordedMimeType = z.infer<typeof RecordedMimeType>;
export type HeldSegment = z.infer<typeof HeldSegment>;
