import { useEffect } from 'react';
import type { InterviewStore } from '../interview';
import { useRecording } from '../recording/recording-context';
import { useChosenHere } from './chosen-here';

/** Goes on with answers that were chosen in a page that ended before the server knew, whatever page is shown now. */
export function useChosenResponses({ interview, setAnswer }: InterviewStore): void {
  const { interviewId, state } = interview;
  const { session, snapshot } = useRecording();
  const chosen = useChosenHere(interview);
  // One tab at a time: two would contradict each other.
  const acts = session !== null && snapshot.ownership === 'owner' && state === 'started';
  useEffect(() => {
    if (!acts || chosen.size === 0) return;
    let wanted = true;
    const resume = () => {
      void import('./use-response').then(
        ({ resumeResponse }) => {
          if (!wanted) return;
          for (const questionId of chosen) resumeResponse({ interviewId, questionId }, setAnswer);
        },
        // Offline before it was fetched: once the network is back.
        () => undefined,
      );
    };
    resume();
    addEventListener('online', resume);
    return () => {
      wanted = false;
      removeEventListener('online', resume);
    };
  }, [acts, chosen, interviewId, setAnswer]);
}
