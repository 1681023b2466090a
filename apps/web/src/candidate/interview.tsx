import type { CandidateAnswer, CandidateInterview } from '@fairtake/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { readInterview } from './interview-api';
import { InterviewPages } from './interview-pages';
import { keepInterview } from './kept-interview';
import { sawAnswer, useOnline } from './recording/online';
import { RecordingProvider } from './recording/recording-context';
import { ServerClockContext, serverClock } from './server-clock';
import type { Step } from './steps';

export type InterviewStore = {
  interview: CandidateInterview;
  setInterview: (interview: CandidateInterview) => void;
  setAnswer: (answer: CandidateAnswer) => void;
  /** Asks the server how things stand. Without an answer what is shown stays. */
  refresh: () => Promise<void>;
};

/** One interview: what the server says of it, the recording tools, and its pages. */
export function Interview(props: { initial: CandidateInterview; initialStep: Step }) {
  const [interview, setInterview] = useState(props.initial);
  const { interviewId } = interview;
  const clock = useMemo(() => serverClock(props.initial.serverNow), [props.initial.serverNow]);

  const setAnswer = useCallback((answer: CandidateAnswer) => {
    setInterview((before) => ({
      ...before,
      answers: [...before.answers.filter(({ questionId }) => questionId !== answer.questionId), answer],
    }));
  }, []);
  const refresh = useCallback(
    () =>
      readInterview(interviewId).then(
        (found) => {
          sawAnswer();
          setInterview(found);
        },
        () => undefined,
      ),
    [interviewId],
  );
  useEffect(() => keepInterview(interview), [interview]);
  useAskingWhileOffline(refresh);
  const store = useMemo(
    () => ({ interview, setInterview, setAnswer, refresh }),
    [interview, setAnswer, refresh],
  );

  return (
    <ServerClockContext value={clock}>
      <RecordingProvider interview={interview} onAnswer={setAnswer}>
        <InterviewPages store={store} initialStep={props.initialStep} />
      </RecordingProvider>
    </ServerClockContext>
  );
}

const askEveryMs = 15_000;

/** A page that began without the server finds out when it is back; browsers do not always say so. */
function useAskingWhileOffline(refresh: () => Promise<void>): void {
  const online = useOnline();
  useEffect(() => {
    if (online) return;
    const ask = () => void refresh();
    const timer = setInterval(ask, askEveryMs);
    addEventListener('online', ask);
    return () => {
      clearInterval(timer);
      removeEventListener('online', ask);
    };
  }, [online, refresh]);
}
