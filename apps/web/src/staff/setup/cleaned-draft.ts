import type {
  ChoiceOption,
  LocalizedText,
  PositionDraft,
  PositionView,
  QuestionSettings,
} from '@fairtake/contracts';
import type { FieldFault } from './field-faults';

const words = (texts: LocalizedText): LocalizedText =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
const hasWords = (texts: LocalizedText): boolean => Object.keys(words(texts)).length > 0;

/** The part of a position that set-up edits. */
export function draftOf(position: PositionView): PositionDraft {
  const { positionId: _id, state: _state, rubricVersion: _rubric, version: _version, ...rest } = position;
  const { publishedAt: _publishedAt, ...draft } = rest;
  return draft;
}

/** The draft without empty fields; every question and criterion stays at its place, so pointers into it hold. */
export function withoutEmptyFields(draft: PositionDraft): PositionDraft {
  return {
    ...draft,
    title: words(draft.title),
    questions: draft.questions.map((question) => ({
      ...question,
      ...(question.settings && {
        settings: mapOptions(question.settings, (options) => options.map(trimmedOption)),
      }),
      text: words(question.text),
    })),
    criteria: draft.criteria.map((criterion) => ({
      ...criterion,
      name: words(criterion.name),
      lookFor: criterion.lookFor && hasWords(criterion.lookFor) ? words(criterion.lookFor) : null,
      anchors: criterion.anchors
        .filter((anchor) => hasWords(anchor.text))
        .map((anchor) => ({ ...anchor, text: words(anchor.text) }))
        .sort((a, b) => a.level - b.level),
    })),
  };
}

const trimmedOption = (option: ChoiceOption): ChoiceOption => ({ ...option, text: words(option.text) });

function mapOptions(
  settings: QuestionSettings,
  change: (options: ChoiceOption[]) => ChoiceOption[],
): QuestionSettings {
  return settings.kind === 'choice' ? { ...settings, options: change(settings.options) } : settings;
}

/** Options that have words; the others wait on the page, as unnamed questions do. */
const namedOptions = (options: ChoiceOption[]): ChoiceOption[] =>
  options.filter(({ text }) => hasWords(text));

/** Whether a question or a criterion waits on the page for its words, which the server cannot store without. */
export const isUnnamed = (texts: LocalizedText): boolean => !hasWords(texts);

/** Whether some question or criterion is on the page only. */
export const hasUnnamedParts = (draft: PositionDraft): boolean =>
  draft.questions.some(({ text, settings }) => isUnnamed(text) || hasUnnamedOption(settings)) ||
  draft.criteria.some(({ name }) => isUnnamed(name));

const hasUnnamedOption = (settings: QuestionSettings | undefined): boolean =>
  settings?.kind === 'choice' && settings.options.some(({ text }) => isUnnamed(text));

/** Criteria without a name in any language: one would be left out of what is published. */
export const unnamedCriteria = (draft: PositionDraft): FieldFault[] =>
  draft.criteria.flatMap(({ name }, index) =>
    isUnnamed(name)
      ? [{ pointer: `/criteria/${index}/name/${draft.languages[0] ?? ''}`, detail: 'name_missing' }]
      : [],
  );

/** The draft as it can be sent: questions and criteria that have no words yet wait on the page until they do. */
export function cleanedDraft(draft: PositionDraft): PositionDraft {
  const full = withoutEmptyFields(draft);
  const questions = full.questions
    .filter((question) => hasWords(question.text))
    .map(({ settings, ...question }) => ({
      ...question,
      ...(settings && { settings: mapOptions(settings, namedOptions) }),
    }));
  const known = new Set(questions.map((question) => question.questionId));
  const criteria = full.criteria
    .filter((criterion) => hasWords(criterion.name))
    .map((criterion) => ({
      ...criterion,
      // In the order of the questions, whatever order they were chosen in.
      questionIds: [...known].filter((id) => criterion.questionIds.includes(id)),
    }));
  return { ...full, questions, criteria };
}

/** The same list with one element one place further; unchanged at the ends. */
export function moved<Item>(items: Item[], from: number, by: 1 | -1): Item[] {
  const to = from + by;
  const [item, other] = [items[from], items[to]];
  if (item === undefined || other === undefined) return items;
  const next = [...items];
  next[from] = other;
  next[to] = item;
  return next;
}
