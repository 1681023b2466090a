import type { PositionDraft, QuestionDraft } from '@fairtake/contracts';
import { settingsOf } from './response';
import { isTimeZone } from './working-days';

export interface PublishProblem {
  /** JSON pointer into the draft. */
  pointer: string;
  detail:
    | 'missing'
    | 'language_missing'
    | 'anchor_missing'
    | 'not_scored'
    | 'no_question'
    | 'in_the_past'
    | 'too_few_options'
    | 'impossible'
    | 'unknown';
}

/** Levels whose anchors every criterion must describe (design: review, rubric). */
export const requiredAnchorLevels = [1, 3, 5] as const;

/** Everything that keeps a draft from being published; an empty list means it can be. */
export function publishProblems(draft: PositionDraft, now: number): PublishProblem[] {
  const problems: PublishProblem[] = [];
  const needsLanguages = (texts: Record<string, string>, pointer: string): void => {
    for (const language of draft.languages)
      if (!texts[language]) problems.push({ pointer: `${pointer}/${language}`, detail: 'language_missing' });
  };
  needsLanguages(draft.title, '/title');
  if (draft.questions.length === 0) problems.push({ pointer: '/questions', detail: 'missing' });
  if (draft.criteria.length === 0) problems.push({ pointer: '/criteria', detail: 'missing' });
  if (draft.reviewerIds.length === 0) problems.push({ pointer: '/reviewerIds', detail: 'missing' });
  if (draft.deadlineAt !== null && Date.parse(draft.deadlineAt) <= now)
    problems.push({ pointer: '/deadlineAt', detail: 'in_the_past' });
  if (!isTimeZone(draft.timeZone)) problems.push({ pointer: '/timeZone', detail: 'unknown' });
  const questionIds = new Set(draft.questions.map((question) => question.questionId));
  draft.questions.forEach((question, i) => {
    needsLanguages(question.text, `/questions/${i}/text`);
    problems.push(...settingsProblems(question, draft.languages, `/questions/${i}/settings`));
    if (!draft.criteria.some((criterion) => criterion.questionIds.includes(question.questionId)))
      problems.push({ pointer: `/questions/${i}`, detail: 'not_scored' });
  });
  draft.criteria.forEach((criterion, i) => {
    if (!criterion.questionIds.some((id) => questionIds.has(id)))
      problems.push({ pointer: `/criteria/${i}/questionIds`, detail: 'no_question' });
    criterion.questionIds.forEach((id, j) => {
      if (!questionIds.has(id))
        problems.push({ pointer: `/criteria/${i}/questionIds/${j}`, detail: 'unknown' });
    });
    for (const level of requiredAnchorLevels)
      if (!criterion.anchors.some((anchor) => anchor.level === level))
        problems.push({ pointer: `/criteria/${i}/anchors/${level}`, detail: 'anchor_missing' });
  });
  return problems;
}

/** Options of a choice question: at least two, each in every language, and as many as have to be chosen. */
function settingsProblems(
  question: QuestionDraft,
  languages: readonly string[],
  pointer: string,
): PublishProblem[] {
  const settings = settingsOf(question);
  if (settings?.kind !== 'choice') return [];
  const { options, minChosen, maxChosen } = settings;
  const problems: PublishProblem[] = [];
  if (options.length < 2) problems.push({ pointer: `${pointer}/options`, detail: 'too_few_options' });
  options.forEach((option, i) => {
    for (const language of languages)
      if (!option.text[language])
        problems.push({ pointer: `${pointer}/options/${i}/text/${language}`, detail: 'language_missing' });
  });
  if (minChosen > maxChosen || (options.length >= 2 && maxChosen > options.length))
    problems.push({ pointer: `${pointer}/maxChosen`, detail: 'impossible' });
  return problems;
}
