import * as z from 'zod';
import { limits } from './limits';
import { Id, LocalizedText } from './text';

/** What a file may be. Told by its bytes, never by its name or by what the sender calls it. */
export const fileTypes = [
  'pdf',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'png',
  'jpeg',
  'webp',
  'text',
  'zip',
] as const;
export const FileType = z.enum(fileTypes);
export type FileType = z.infer<typeof FileType>;

const noTwins = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

/** An option is chosen by its id, so its words may be corrected and translated. */
export const ChoiceOption = z.strictObject({ optionId: Id, text: LocalizedText });
export type ChoiceOption = z.infer<typeof ChoiceOption>;

/**
 * What a question of its kind needs besides text and times. Video, audio and screen questions have none. Kept as one
 * value beside the kind: a kind that is added later brings a member here, not columns.
 */
export const QuestionSettings = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('text'),
    maxCharacters: z.int().min(limits.textCharactersMin).max(limits.textCharactersMax),
  }),
  z.strictObject({
    kind: z.literal('choice'),
    /** How many options may be chosen; 1 and 1 is a list of which one is chosen. */
    minChosen: z.int().min(1).max(limits.choiceOptionsMax),
    maxChosen: z.int().min(1).max(limits.choiceOptionsMax),
    options: z
      .array(ChoiceOption)
      .max(limits.choiceOptionsMax)
      .refine((options) => noTwins(options.map((one) => one.optionId)), 'has an option twice'),
  }),
  z.strictObject({
    kind: z.literal('file'),
    types: z.array(FileType).min(1).refine(noTwins, 'has a type twice'),
    maxMegabytes: z.int().min(1).max(limits.fileMegabytesMax),
  }),
]);
export type QuestionSettings = z.infer<typeof QuestionSettings>;
export type TextSettings = Extract<QuestionSettings, { kind: 'text' }>;
export type ChoiceSettings = Extract<QuestionSettings, { kind: 'choice' }>;
export type FileSettings = Extract<QuestionSettings, { kind: 'file' }>;
