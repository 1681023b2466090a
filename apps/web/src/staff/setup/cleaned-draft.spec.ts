import type { PositionDraft } from '@fairtake/contracts';
import { cleanedDraft, hasUnnamedParts, moved, unnamedCriteria } from './cleaned-draft';

const question = (questionId: string, text: Record<string, string>) => ({
  questionId,
  kind: 'video' as const,
  text,
  thinkSeconds: 60,
  answerSeconds: 120,
  takes: 2,
  required: true,
});

const draft = (over: Partial<PositionDraft>): PositionDraft => ({
  title: { en: 'Engineer', 'zh-CN': ' ' },
  languages: ['en', 'zh-CN'],
  deadlineAt: null,
  timeZone: 'UTC',
  blind: true,
  autoSubmit: false,
  adjustmentPolicy: 'self_service',
  adjustmentKinds: [],
  reviewersPerAnswer: 2,
  replyWorkingDays: 3,
  retentionDays: 180,
  questions: [],
  criteria: [],
  reviewerIds: [],
  ...over,
});

it('leaves out empty translations', () => {
  expect(cleanedDraft(draft({})).title).toEqual({ en: 'Engineer' });
});

it('keeps a question without words on the page, and does not let a criterion name it', () => {
  const cleaned = cleanedDraft(
    draft({
      questions: [question('q1', { en: 'Why?' }), question('q2', { en: '  ' })],
      criteria: [
        {
          criterionId: 'c1',
          name: { en: 'Clarity' },
          lookFor: { en: '' },
          weight: 1,
          anchors: [
            { level: 5, text: { en: 'All' } },
            { level: 3, text: { en: '' } },
            { level: 1, text: { en: 'None' } },
          ],
          questionIds: ['q1', 'q2'],
        },
        { criterionId: 'c2', name: {}, lookFor: null, weight: 1, anchors: [], questionIds: [] },
      ],
    }),
  );
  expect(cleaned.questions.map((q) => q.questionId)).toEqual(['q1']);
  expect(cleaned.criteria).toEqual([
    {
      criterionId: 'c1',
      name: { en: 'Clarity' },
      lookFor: null,
      weight: 1,
      anchors: [
        { level: 1, text: { en: 'None' } },
        { level: 5, text: { en: 'All' } },
      ],
      questionIds: ['q1'],
    },
  ]);
});

describe('parts without words', () => {
  const named = { criterionId: 'c1', name: { en: 'Clarity' }, lookFor: null, weight: 1, anchors: [] };
  const unnamed = { ...named, criterionId: 'c2', name: { en: ' ' }, questionIds: ['q1'] };

  it('points at the name of a criterion that would be left out', () => {
    const waiting = draft({ criteria: [{ ...named, questionIds: [] }, unnamed] });
    expect(unnamedCriteria(waiting)).toEqual([{ pointer: '/criteria/1/name/en', detail: 'name_missing' }]);
    expect(hasUnnamedParts(waiting)).toBe(true);
  });

  it('counts a question without words too, and nothing once all have words', () => {
    expect(hasUnnamedParts(draft({ questions: [question('q1', {})] }))).toBe(true);
    const whole = draft({
      questions: [question('q1', { en: 'Why?' })],
      criteria: [{ ...named, questionIds: ['q1'] }],
    });
    expect(hasUnnamedParts(whole)).toBe(false);
    expect(unnamedCriteria(whole)).toEqual([]);
  });
});

it('moves one place and stops at the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
});
