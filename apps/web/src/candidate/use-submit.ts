import type { CandidateInterview } from '@fairtake/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useChosenHere } from './answers/chosen-here';
import { troubleOf, type Trouble } from './arrival';
import type { InterviewStore } from './interview';
import { readInterview, submitInterview } from './interview-api';
import { useRecording } from './recording/recording-context';

export type Submitting = {
  /** A chosen answer has not reached the server whole. */
  pending: boolean;
  busy: boolean;
  trouble: Trouble | null;
  submit: () => void;
};

/**
 * Sends the interview: at once when everything has arrived, otherwise (`waiting`: the sending page is shown) as
 * soon as it has.
 */
export function useSubmit(store: InterviewStore, waiting: boolean): Submitting {
  const { interview, setInterview } = store;
  const { kept, lost } = useRecording();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const chosen = useChosenHere(interview);
  const pending = Object.keys(kept).length > 0 || chosen.size > 0 || lost.size > 0;

  const submit = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setTrouble(null);
    try {
      // What is left on this device goes with the session: see the recording provider.
      setInterview(await sendInterview(interview));
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    running.current = false;
    setBusy(false);
  }, [interview, setInterview]);

  const due = waiting && !pending && interview.state !== 'submitted' && trouble === null;
  useEffect(() => {
    if (due) void submit();
    // Once per reason to send; `submit` itself changes with every word of the server.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [due]);

  return { pending, busy, trouble, submit: () => void submit() };
}

/** With automatic sending the server has sent by itself when the last answer was kept; asking tells. */
async function sendInterview(interview: CandidateInterview): Promise<CandidateInterview> {
  const { interviewId, autoSubmit } = interview;
  const now = autoSubmit ? await readInterview(interviewId) : interview;
  if (now.state === 'submitted') return now;
  const receipt = await submitInterview(interviewId);
  return { ...now, ...receipt, state: 'submitted' };
}
