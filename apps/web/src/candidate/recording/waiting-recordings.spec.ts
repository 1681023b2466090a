import { waitingRecordings } from './waiting-recordings';

type Arguments = Parameters<typeof waitingRecordings>;
const interview = (...kept: boolean[]) =>
  ({
    questions: kept.map((_, index) => ({ questionId: `q${index + 1}` })),
    answers: kept.map((is, index) => ({ questionId: `q${index + 1}`, kept: is })),
  }) as unknown as Arguments[0];
const take = (questionId: string, phase: Arguments[1][number]['phase'], recordedMs = 6_000) => ({
  ...{ questionId, phase, recordedMs, kept: false },
});

it('names the question and the length of what was cut, or not decided about', () => {
  const takes = [take('q2', 'done', 9_000), take('q1', 'interrupted')];
  expect(waitingRecordings(interview(false, false), takes, {})).toEqual([
    { number: 1, recordedMs: 6_000 },
    { number: 2, recordedMs: 9_000 },
  ]);
});

it('tells of the cut one first, as the question itself does', () => {
  const takes = [take('q1', 'interrupted', 4_000), take('q1', 'done', 9_000)];
  expect(waitingRecordings(interview(false), takes, {})).toEqual([{ number: 1, recordedMs: 4_000 }]);
});

it('is silent about what is an answer, runs, does not count, or belongs to no question', () => {
  expect(waitingRecordings(interview(true), [take('q1', 'done')], {})).toEqual([]);
  expect(waitingRecordings(interview(false), [take('q1', 'done')], { q1: 't1' })).toEqual([]);
  const others = [
    take('q1', 'recording'),
    take('q1', 'returned'),
    take('q1', 'discarded'),
    take('q9', 'done'),
  ];
  expect(waitingRecordings(interview(false), others, {})).toEqual([]);
  expect(waitingRecordings(interview(false), [{ ...take('q1', 'done'), kept: true }], {})).toEqual([]);
});
