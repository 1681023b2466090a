import type { CandidateAnswer, CandidateInterview, FinalisedTake } from '@fairtake/contracts';
import type { CaptureSession, CaptureSnapshot, TakeSnapshot } from '@fairtake/capture';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiProblem } from '../../api/api-client';
import { keepTake } from '../interview-api';
import type { KeptHere } from './answer-state';

const retryMs = 5_000;
/** A part of a recording is an answer too; reviewers are told what is missing. */
const usable = new Set<FinalisedTake['verdict']>(['complete', 'partial']);

export type KeptAnswers = {
  kept: KeptHere;
  /** Questions whose chosen recording the server could not use; they can be recorded again. */
  lost: ReadonlySet<string>;
  keep: (questionId: string, takeId: string) => void;
};

/**
 * Tells the server which take is the answer as soon as it holds all of it. The choice is written down on this
 * device first: a page closed right after **Use this answer** must not lose it. What is written down is the truth for
 * all tabs of this browser; only the tab that owns the interview acts on it.
 */
export function useKeptAnswers(
  interview: CandidateInterview,
  session: CaptureSession | null,
  { takes, ownership }: CaptureSnapshot,
  onKept: (answer: CandidateAnswer) => void,
): KeptAnswers {
  const { interviewId } = interview;
  const [kept, setKept] = useState(() => readChoices(interviewId) ?? {});
  const [lost, setLost] = useState<ReadonlySet<string>>(new Set());
  const [turn, setTurn] = useState(0);
  const running = useRef(new Set<string>());
  const owns = session !== null && ownership === 'owner';

  const change = useCallback(
    (questionId: string, takeId: string | null) => {
      setKept((before) => {
        // Another tab may have written since.
        const { [questionId]: _, ...rest } = readChoices(interviewId) ?? before;
        const next = takeId === null ? rest : { ...rest, [questionId]: takeId };
        writeChoices(interviewId, next);
        return next;
      });
    },
    [interviewId],
  );

  useEffect(() => {
    const reread = () => setKept((before) => newer(before, readChoices(interviewId)));
    const onStorage = ({ key }: StorageEvent) => {
      if (key === null || key === storageKey(interviewId)) reread();
    };
    // This tab has just taken over, or was closed and opened again meanwhile.
    reread();
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  }, [interviewId, owns]);

  useEffect(() => {
    if (!session || !owns) return;
    for (const [questionId, takeId] of Object.entries(kept)) {
      if (running.current.has(takeId)) continue;
      const mine = takes.find((take) => take.takeId === takeId);
      const useless = mine?.phase === 'refused' || (mine?.receipt && !usable.has(mine.receipt.verdict));
      if (!useless && !isWhole(takeId, mine, interview)) continue;
      running.current.add(takeId);
      void (useless ? Promise.resolve('refused' as const) : confirm(interviewId, takeId))
        .then(async (outcome) => {
          if (outcome === 'again') {
            setTimeout(() => setTurn((count) => count + 1), retryMs);
            return;
          }
          // The library drops the local bytes of a kept take; the server has verified them.
          await session.resumeTake(takeId)?.keep();
          if (outcome === 'refused') setLost((before) => new Set(before).add(questionId));
          else {
            onKept(outcome);
            await dropOthers(session, questionId, takeId);
          }
          change(questionId, null);
        })
        .finally(() => running.current.delete(takeId));
    }
  }, [kept, takes, session, owns, interview, interviewId, turn, onKept, change]);

  const keep = useCallback(
    (questionId: string, takeId: string) => {
      setLost((before) => new Set([...before].filter((id) => id !== questionId)));
      change(questionId, takeId);
    },
    [change],
  );
  return { kept, lost, keep };
}

/** Recordings that were not chosen stay within reach until the chosen one is safe; then they are in the way. */
async function dropOthers(session: CaptureSession, questionId: string, takeId: string): Promise<void> {
  const others = session.takes().filter((take) => take.questionId === questionId && take.takeId !== takeId);
  const decided = others.filter((take) => !['recording', 'interrupted'].includes(take.getSnapshot().phase));
  await Promise.all(decided.map((take) => take.discard()));
}

/** The server holds every byte: verified in this page, or finalised by an earlier one. */
function isWhole(takeId: string, mine: TakeSnapshot | undefined, interview: CandidateInterview): boolean {
  if (mine) return mine.phase === 'done';
  return interview.answers.some((answer) =>
    answer.takes.some(
      (take) => take.takeId === takeId && (take.state === 'finalised' || take.state === 'kept'),
    ),
  );
}

async function confirm(interviewId: string, takeId: string): Promise<CandidateAnswer | 'again' | 'refused'> {
  try {
    return await keepTake(interviewId, takeId);
  } catch (error) {
    const final =
      error instanceof ApiProblem && error.status < 500 && error.status !== 401 && error.status !== 429;
    return final && error.code !== 'take_not_finalised' ? 'refused' : 'again';
  }
}

const storageKey = (interviewId: string): string => `fairtake.kept.${interviewId}`;

/** Null where storage is forbidden: the page's own memory is all there is. */
function readChoices(interviewId: string): KeptHere | null {
  try {
    return JSON.parse(localStorage.getItem(storageKey(interviewId)) ?? '{}') as KeptHere;
  } catch {
    return null;
  }
}

/** The same object when nothing differs, so that nothing is drawn again. */
function newer(before: KeptHere, written: KeptHere | null): KeptHere {
  if (written === null) return before;
  const ids = new Set([...Object.keys(before), ...Object.keys(written)]);
  return [...ids].every((id) => before[id] === written[id]) ? before : written;
}

function writeChoices(interviewId: string, kept: KeptHere): void {
  try {
    if (Object.keys(kept).length === 0) localStorage.removeItem(storageKey(interviewId));
    else localStorage.setItem(storageKey(interviewId), JSON.stringify(kept));
  } catch {
    // Storage is forbidden: the choice lives as long as the page, and the page asks not to be closed.
  }
}
