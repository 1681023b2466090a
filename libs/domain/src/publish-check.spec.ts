import type { PositionDraft } from '@fairtake/contracts';
import { publishProblems } from './publish-check';

const question = '018f0000-0000-7000-8000-000000000001';
const ready: PositionDraft = {
  title: { en: 'Engineer', 'zh-CN': '工程师' },
  languages: ['en', 'zh-CN'],
  deadlineAt: null,
  timeZone: 'Europe/Berlin',
  blind: true,
  autoSubmit: false,
  adjustmentPolicy: 'self_service',
  adjustmentKinds: [],
  reviewersPerAnswer: 2,
  replyWorkingDays: 3,
  retentionDays: 180,
  questions: [
    {
      questionId: question,
      kind: 'video',
      text: { en: 'Why?', 'zh-CN': '为什么？' },
      thinkSeconds: 60,
      answerSeconds: 120,
      takes: 2,
      required: true,
    },
  ],
  criteria: [
    {
      criterionId: '018f0000-0000-7000-8000-000000000002',
      name: { en: 'Reason' },
      lookFor: null,
      weight: 1,
      anchors: [1, 3, 5].map((level) => ({ level, text: { en: `Level ${level}` } })),
      questionIds: [question],
    },
  ],
  reviewerIds: ['018f0000-0000-7000-8000-000000000003'],
};
const now = Date.parse('2026-11-22T12:00:00Z');

describe('publishProblems', () => {
  it('finds nothing wrong with a whole position', () => {
    expect(publishProblems(ready, now)).toEqual([]);
  });

  it.each([
    [{ questions: [] }, '/questions', 'missing'],
    [{ criteria: [] }, '/questions/0', 'not_scored'],
    [{ reviewerIds: [] }, '/reviewerIds', 'missing'],
    [{ title: { en: 'Engineer' } }, '/title/zh-CN', 'language_missing'],
    [{ deadlineAt: '2026-11-22T11:59:59Z' }, '/deadlineAt', 'in_the_past'],
    [{ timeZone: 'Middle/Earth' }, '/timeZone', 'unknown'],
    [{ criteria: [{ ...ready.criteria[0]!, anchors: [] }] }, '/criteria/0/anchors/3', 'anchor_missing'],
    [{ criteria: [{ ...ready.criteria[0]!, questionIds: [] }] }, '/criteria/0/questionIds', 'no_question'],
  ] as [Partial<PositionDraft>, string, string][])('%j points at %s', (change, pointer, detail) => {
    expect(publishProblems({ ...ready, ...change }, now)).toContainEqual({ pointer, detail });
  });
});
