import type { CandidateInterview } from '@fairtake/contracts';
import { useMemo, useSyncExternalStore } from 'react';
import { isRecorded } from '../steps';
import { localDrafts, subscribeDrafts } from './local-drafts';

/**
 * Questions whose written, chosen or sent answer was chosen on this device, while the server does not know it yet. They
 * count as answered, and nothing is submitted without them.
 */
export function useChosenHere(interview: CandidateInterview): ReadonlySet<string> {
  const ids = useSyncExternalStore(subscribeDrafts, () => chosenIds(interview).join(' '));
  return useMemo(() => new Set(ids === '' ? [] : ids.split(' ')), [ids]);
}

const chosenIds = ({ interviewId, questions }: CandidateInterview): string[] =>
  questions
    .filter(({ kind }) => !isRecorded(kind))
    .map(({ questionId }) => questionId)
    .filter((questionId) => localDrafts({ interviewId, questionId }).read()?.chosen === true);
