import type { CandidateInterview, ResponseView } from '@fairtake/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { isRecorded } from '../steps';
import { localDrafts, subscribeDrafts } from './local-drafts';
import { readResponse } from './response-api';
import { isUnchosen } from './unchosen';

/** Questions with something written, marked or sent that nobody chose as the answer. */
export function useUnchosen(interview: CandidateInterview): ReadonlySet<string> {
  const { interviewId, questions, answers } = interview;
  const [views, setViews] = useState<ReadonlyMap<string, ResponseView>>(new Map());
  const ids = questions.filter(({ kind }) => !isRecorded(kind)).map(({ questionId }) => questionId);
  const local = (questionId: string) => localDrafts({ interviewId, questionId }).read();
  const drafted = ids.filter((questionId) => isUnchosen(local(questionId), null)).join(' ');
  const kept = answers.filter((answer) => answer.kept).length;
  const onDevice = useSyncExternalStore(subscribeDrafts, () =>
    ids.filter((questionId) => local(questionId) !== null).join(' '),
  );
  const asked = ids.join(' ');
  useEffect(() => {
    let wanted = true;
    for (const questionId of asked === '' ? [] : asked.split(' ')) {
      readResponse({ interviewId, questionId }).then(
        (view) => wanted && setViews((before) => new Map(before).set(questionId, view)),
        // Offline: what this device knows has to do.
        () => undefined,
      );
    }
    return () => {
      wanted = false;
    };
    // Asked again when this device has sent something, or an answer was chosen.
  }, [interviewId, asked, onDevice, drafted, kept]);
  return new Set(ids.filter((questionId) => isUnchosen(local(questionId), views.get(questionId) ?? null)));
}
