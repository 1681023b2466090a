import * as z from 'zod';
import { limits } from './limits';
import { FileType } from './question-settings';
import { Id, Instant } from './text';
import { Sha256Hex } from './uploads';

/** What a candidate wrote: plain text, kept to the letter. May be empty while it is a draft. */
const WrittenText = z
  .string()
  .max(limits.textCharactersMax)
  .refine(
    (text) => !text.includes('\u0000') && text.isWellFormed(),
    'contains characters that cannot be stored',
  );

/** A response is what answers a question that is not recorded: words, options or a file. */
export const ResponseContent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: WrittenText }),
  z.strictObject({ kind: z.literal('choice'), optionIds: z.array(Id).max(limits.choiceOptionsMax) }),
  z.strictObject({ kind: z.literal('file'), fileId: Id }),
]);
export type ResponseContent = z.infer<typeof ResponseContent>;

/** `PUT …/response` with `If-Match: "revision"` (0 for the first): saved as a draft, nobody but the candidate sees it. */
export const SaveResponse = z.strictObject({ content: ResponseContent });
export type SaveResponse = z.infer<typeof SaveResponse>;

/** `POST …/response/keep`: this revision is the answer. */
export const KeepResponse = z.strictObject({ revision: z.int().min(1) });
export type KeepResponse = z.infer<typeof KeepResponse>;

/** The candidate's own file as they see it again. */
export const OwnFile = z.strictObject({
  fileId: Id,
  name: z.string(),
  sizeBytes: z.int(),
  type: FileType,
});
export type OwnFile = z.infer<typeof OwnFile>;

export const ResponseView = z.strictObject({
  questionId: Id,
  /** Sent back as `If-Match`; 0 before anything was saved. */
  revision: z.int(),
  savedAt: Instant.nullable(),
  content: ResponseContent.nullable(),
  /** The file `content` names. */
  file: OwnFile.nullable(),
  /** The revision that is the answer now; null before one was kept. */
  keptRevision: z.int().nullable(),
});
export type ResponseView = z.infer<typeof ResponseView>;

/** `PUT …/files/{fileId}`: announces a file. The same again finds out what has arrived of it. */
export const OpenFile = z.strictObject({
  questionId: Id,
  /** As the device calls it; only ever shown, and cleaned first. */
  name: z
    .string()
    .min(1)
    .max(1_000)
    .refine((text) => text.isWellFormed(), 'contains characters that cannot be stored'),
  sizeBytes: z
    .int()
    .min(1)
    .max(limits.fileMegabytesMax * 1024 * 1024),
});
export type OpenFile = z.infer<typeof OpenFile>;

export const FileStatus = z.strictObject({
  fileId: Id,
  state: z.enum(['open', 'received']),
  /** Every piece but the last has this size. */
  pieceBytes: z.int(),
  pieceCount: z.int(),
  /** Indexes of the pieces that are durable here. */
  held: z.array(z.int()),
});
export type FileStatus = z.infer<typeof FileStatus>;

export const filePiecesMax = (limits.fileMegabytesMax * 1024 * 1024) / limits.chunkMaxBytes;
export const PieceReceipt = z.strictObject({ index: z.int(), sizeBytes: z.int(), sha256: Sha256Hex });
export type PieceReceipt = z.infer<typeof PieceReceipt>;

/** `POST …/files/{fileId}/finish`: `sha256` is over the raw 32-byte digests of the pieces in their order. */
export const FinishFile = z.strictObject({ sha256: Sha256Hex });
export type FinishFile = z.infer<typeof FinishFile>;
