import type { TakeSnapshot } from '@fairtake/capture';
import type { CandidateInterview } from '@fairtake/contracts';
import type { KeptHere } from './answer-state';

/** A recording on this device that was cut, or that nobody has decided about. */
export type WaitingRecording = { number: number; recordedMs: number };

const undecided = new Set<TakeSnapshot['phase']>(['interrupted', 'draining', 'finalising', 'parked', 'done']);

/** What waits on this device for the person to come back, one per unanswered question, in the order of the questions. */
export function waitingRecordings(
  { questions, answers }: Pick<CandidateInterview, 'questions' | 'answers'>,
  takes: readonly Pick<TakeSnapshot, 'questionId' | 'phase' | 'recordedMs' | 'kept'>[],
  kept: KeptHere,
): WaitingRecording[] {
  return questions.flatMap(({ questionId }, index) => {
    const answered = answers.some((answer) => answer.questionId === questionId && answer.kept);
    if (answered || kept[questionId] !== undefined) return [];
    const own = takes.filter((take) => take.questionId === questionId && !take.kept);
    // The same as the question's page shows: a cut one before one that waits for a decision.
    const shown =
      own.findLast(({ phase }) => phase === 'interrupted') ??
      own.findLast(({ phase }) => undecided.has(phase));
    return shown ? [{ number: index + 1, recordedMs: shown.recordedMs }] : [];
  });
}
