import {
  positionDefaults,
  recordedKinds,
  type FileType,
  type QuestionKind,
  type QuestionSettings,
  type ResponseContent,
} from '@fairtake/contracts';

/** Whether a question of this kind is answered with a recording. */
export const isRecorded = (kind: QuestionKind): boolean =>
  (recordedKinds as readonly QuestionKind[]).includes(kind);

/** What a question may ask for unless somebody adds to it: documents and pictures, no archives. */
export const usualFileTypes: FileType[] = [
  ...['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'png', 'jpeg', 'webp', 'text'],
] as FileType[];

/** Settings a question of this kind begins with; undefined for the recorded kinds, which have none. */
export function usualSettings(kind: QuestionKind): QuestionSettings | undefined {
  switch (kind) {
    case 'text':
      return { kind, maxCharacters: positionDefaults.textCharacters };
    case 'choice':
      return { kind, minChosen: 1, maxChosen: 1, options: [] };
    case 'file':
      return { kind, types: usualFileTypes, maxMegabytes: positionDefaults.fileMegabytes };
    default:
      return undefined;
  }
}

/** The settings in force of a question, whatever was saved of them. */
export const settingsOf = (question: {
  kind: QuestionKind;
  settings?: QuestionSettings | null;
}): QuestionSettings | undefined =>
  question.settings?.kind === question.kind ? question.settings : usualSettings(question.kind);

/** Characters as the limit counts them: what a person sees as one may be several (UTF-16 units, as browsers count). */
export const characterCount = (text: string): number => text.length;

export type ResponseFault = 'other_kind' | 'empty' | 'too_long' | 'too_few' | 'too_many' | 'unknown_option';

/**
 * What keeps a response from being saved as a draft: only what could never become an answer. Too many words are saved:
 * shortening them is part of writing.
 *
 * @returns null when it may be saved
 */
export function draftFault(
  content: ResponseContent,
  settings: QuestionSettings | undefined,
): ResponseFault | null {
  if (settings?.kind !== content.kind) return 'other_kind';
  if (content.kind === 'choice' && settings.kind === 'choice') {
    const known = new Set(settings.options.map((option) => option.optionId));
    if (content.optionIds.some((id) => !known.has(id))) return 'unknown_option';
    if (new Set(content.optionIds).size !== content.optionIds.length) return 'too_many';
    return content.optionIds.length > settings.maxChosen ? 'too_many' : null;
  }
  return null;
}

/** What keeps a response from being the answer; null when nothing does. */
export function answerFault(
  content: ResponseContent,
  settings: QuestionSettings | undefined,
): ResponseFault | null {
  const fault = draftFault(content, settings);
  if (fault) return fault;
  if (content.kind === 'text' && settings?.kind === 'text') {
    if (content.text.trim() === '') return 'empty';
    return characterCount(content.text) > settings.maxCharacters ? 'too_long' : null;
  }
  if (content.kind === 'choice' && settings?.kind === 'choice') {
    if (content.optionIds.length === 0) return 'empty';
    return content.optionIds.length < settings.minChosen ? 'too_few' : null;
  }
  return null;
}

/** Silent reading of prose: 240 words a minute in scripts with spaces, 300 characters in Chinese and Japanese. */
const [wordsPerMinute, ideographsPerMinute] = [240, 300];
const choiceSeconds = 15;
const fileSeconds = 180;
const leastTextSeconds = 10;

/** How long a reviewer needs to take a response in, by estimate: the counterpart of a recording's length. Seconds. */
export function readingSeconds(content: ResponseContent): number {
  if (content.kind === 'choice') return choiceSeconds;
  if (content.kind === 'file') return fileSeconds;
  const ideographs =
    content.text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const words = content.text
    .replace(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, ' ')
    .split(/\s+/)
    .filter(Boolean).length;
  const seconds = (words / wordsPerMinute + ideographs / ideographsPerMinute) * 60;
  return Math.max(leastTextSeconds, Math.ceil(seconds));
}

/** How long a question of this kind takes a reviewer at most, by estimate, before anybody answered it. Seconds. */
export function expectedReviewSeconds(question: {
  kind: QuestionKind;
  answerSeconds: number;
  settings?: QuestionSettings | null;
}): number {
  const settings = settingsOf(question);
  if (!settings) return question.answerSeconds;
  if (settings.kind === 'choice') return choiceSeconds;
  if (settings.kind === 'file') return fileSeconds;
  const charactersPerWord = 6;
  return Math.ceil((settings.maxCharacters / charactersPerWord / wordsPerMinute) * 60);
}

/** Answer time a new question of this kind begins with. Seconds; for what is not recorded a guide. */
export const usualAnswerSeconds: Record<QuestionKind, number> = {
  video: positionDefaults.answerSeconds,
  audio: positionDefaults.answerSeconds,
  screen: 180,
  text: 300,
  choice: 60,
  file: 300,
};
