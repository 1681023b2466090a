import type { QuestionSettings } from '@fairtake/contracts';
import { answerFault, draftFault, expectedReviewSeconds, readingSeconds, settingsOf } from './response';

const text: QuestionSettings = { kind: 'text', maxCharacters: 5 };
const [a, b, c] = ['a', 'b', 'c'];
const choice: QuestionSettings = {
  ...{ kind: 'choice', minChosen: 2, maxChosen: 2 },
  options: [a, b, c].map((optionId) => ({ optionId: optionId!, text: { en: 'x' } })),
};
const words = (value: string) => ({ kind: 'text', text: value }) as const;
const chosen = (...optionIds: string[]) => ({ kind: 'choice', optionIds }) as const;

test.each([
  [words(''), text, null, 'empty'],
  [words(' \n'), text, null, 'empty'],
  [words('12345'), text, null, null],
  [words('123456'), text, null, 'too_long'],
  [words('x'), choice, 'other_kind', 'other_kind'],
  [words('x'), undefined, 'other_kind', 'other_kind'],
  [chosen(), choice, null, 'empty'],
  [chosen('a'), choice, null, 'too_few'],
  [chosen('a', 'c'), choice, null, null],
  [chosen('a', 'a'), choice, 'too_many', 'too_many'],
  [chosen('a', 'b', 'c'), choice, 'too_many', 'too_many'],
  [chosen('a', 'z'), choice, 'unknown_option', 'unknown_option'],
] as const)('%j may be saved, and may be the answer', (content, settings, draft, answer) => {
  const mutable = structuredClone(content) as Parameters<typeof draftFault>[0];
  expect(draftFault(mutable, settings)).toBe(draft);
  expect(answerFault(mutable, settings)).toBe(answer);
});

test('a question whose settings were never saved has usual ones, of its own kind', () => {
  expect(settingsOf({ kind: 'text', settings: null })).toMatchObject({ kind: 'text' });
  expect(settingsOf({ kind: 'text', settings: choice })).toMatchObject({ kind: 'text' });
  expect(settingsOf({ kind: 'screen' })).toBeUndefined();
});

test('reading takes as long as there is to read, in either script', () => {
  expect(readingSeconds(words('word '.repeat(240)))).toBe(60);
  expect(readingSeconds(words('字'.repeat(300)))).toBe(60);
  expect(readingSeconds(words('short'))).toBe(10);
  expect(expectedReviewSeconds({ kind: 'video', answerSeconds: 120 })).toBe(120);
  expect(expectedReviewSeconds({ kind: 'choice', answerSeconds: 60 })).toBe(15);
});
