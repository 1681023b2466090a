import type { CandidateAnswer, CandidateInterview, CandidateQuestion } from '@fairtake/contracts';
import type { TakeSnapshot } from '@fairtake/capture';
import { limits } from '@fairtake/contracts/limits';

/** The answer a person chose in this browser whose choice the server has not confirmed yet: question → take. */
export type KeptHere = Readonly<Record<string, string>>;

export type AnswerState = {
  /** `open`: no answer yet. `undecided`: recorded, not chosen. `lost`: chosen, but the server refused the take. */
  state: 'open' | 'undecided' | 'device' | 'sending' | 'received' | 'lost';
  /** Of the chosen take, 0 … 100. */
  percent: number;
  takesLeft: number;
  /** Tries are left by number, but faults gave back so many recordings that the server takes no other. */
  faultsUsedUp: boolean;
  /** The takes that count, oldest first. */
  tries: readonly string[];
  receivedAt: string | null;
};

/** Where the answer to one question stands, from what the server said and what this device holds. */
export function answerState(
  question: CandidateQuestion,
  interview: CandidateInterview,
  takes: readonly TakeSnapshot[],
  kept: KeptHere,
  lost: ReadonlySet<string> = new Set(),
  /** Questions whose written, marked or sent answer was chosen here, while the server does not know it. */
  chosen: ReadonlySet<string> = new Set(),
): AnswerState {
  const answer = interview.answers.find(({ questionId }) => questionId === question.questionId);
  const mine = takes.filter(({ questionId }) => questionId === question.questionId);
  const tries = countedTries(answer?.takes ?? [], mine);
  const opensLeft = question.takes + limits.returnedTakesMax - openedTakes(answer?.takes ?? [], mine);
  const triesLeft = Math.max(0, question.takes - tries.length);
  const takesLeft = Math.max(0, Math.min(triesLeft, opensLeft));
  const counted = { tries, takesLeft, faultsUsedUp: takesLeft === 0 && triesLeft > 0 };
  if (chosen.has(question.questionId)) return { state: 'device', percent: 0, receivedAt: null, ...counted };
  const chosenId = kept[question.questionId];
  if (chosenId !== undefined) {
    const chosen = mine.find(({ takeId }) => takeId === chosenId);
    return { ...sendingState(chosen), ...counted };
  }
  if (answer?.kept) return { state: 'received', percent: 100, receivedAt: null, ...counted };
  if (lost.has(question.questionId)) return { state: 'lost', percent: 0, receivedAt: null, ...counted };
  const undecided =
    mine.some(({ phase }) => phase !== 'returned' && phase !== 'refused') ||
    answer?.takes.some(({ state }) => state === 'finalised');
  return { state: undecided ? 'undecided' : 'open', percent: 0, receivedAt: null, ...counted };
}

/** Every take the server has opened, or will, given back or not: it bounds these too. */
function openedTakes(known: readonly { takeId: string }[], mine: readonly TakeSnapshot[]): number {
  const opened = mine.filter(({ phase }) => phase !== 'refused');
  return new Set([...known, ...opened].map(({ takeId }) => takeId)).size;
}

/**
 * Tries used up: every take that counts, known to the server or only to this device yet. One whose page is gone does
 * not, unless its bytes are here: going on with it takes it up again.
 */
function countedTries(
  known: readonly Pick<CandidateAnswer['takes'][number], 'takeId' | 'state' | 'vanished'>[],
  mine: readonly TakeSnapshot[],
): readonly string[] {
  const counts = known.filter(({ state, vanished }) => state !== 'returned' && !vanished);
  const counting = new Set(counts.map(({ takeId }) => takeId));
  for (const { takeId, phase } of mine) {
    if (phase === 'returned') counting.delete(takeId);
    else if (phase !== 'refused') counting.add(takeId);
  }
  // Ids sort by time.
  return [...counting].sort();
}

function sendingState(
  chosen: TakeSnapshot | undefined,
): Pick<AnswerState, 'state' | 'percent' | 'receivedAt'> {
  // Verified and pruned, or recorded by an earlier page: only the choice itself is still on its way.
  if (!chosen) return { state: 'received', percent: 100, receivedAt: null };
  if (chosen.phase === 'refused') return { state: 'lost', percent: 0, receivedAt: null };
  const { bytesProduced, bytesAcknowledged, saved, receipt } = chosen;
  const percent = bytesProduced === 0 ? 0 : Math.floor((bytesAcknowledged / bytesProduced) * 100);
  return {
    state: saved,
    percent: saved === 'received' ? 100 : Math.min(99, percent),
    receivedAt: receipt?.receivedAt ?? null,
  };
}
