import { useCallback, useEffect, useState } from 'react';
import { useChosenHere } from './answers/chosen-here';
import type { InterviewStore } from './interview';
import { useRecording } from './recording/recording-context';
import {
  allowedStep,
  isIncomplete,
  nextStep,
  parsePath,
  pathOf,
  stepWithoutDevices,
  type Step,
  type StepFacts,
} from './steps';

export type Navigation = {
  step: Step;
  /** A required question has no chosen answer. */
  incomplete: boolean;
  go: (step: Step) => void;
  /** To the first thing left to do. */
  start: () => void;
  /** On from a question; `answered` is the one an answer was just chosen for. */
  next: (number: number, answered: string | null) => void;
  /** The device check is over; on to practice, or to the first thing left to do. */
  checked: (to?: Step) => void;
  /** What can be done without camera and microphone; null when nothing can. */
  withoutDevices: { toSend: boolean; go: () => void } | null;
};

/** Which page is shown: the one the address asks for, or the one that must come first. */
export function useNavigation(store: InterviewStore, initial: Step): Navigation {
  const { interview } = store;
  const { interviewId, autoSubmit } = interview;
  const { kept, lost } = useRecording();
  const [wanted, setWanted] = useState(initial);
  const [checked, setChecked] = useState(() => isRemembered('checked', interviewId));
  const [othersFirst, setOthersFirst] = useState(() => isRemembered('others-first', interviewId));
  const chosen = useChosenHere(interview);
  const keptHere = new Set([...Object.keys(kept), ...chosen]);
  const facts: StepFacts = { checked, othersFirst, keptHere };
  const others = stepWithoutDevices(interview, facts);
  const step = allowedStep(wanted, interview, facts);

  const go = useCallback(
    (next: Step) => {
      history.pushState(null, '', pathOf(interviewId, next));
      setWanted(next);
    },
    [interviewId],
  );

  useEffect(() => {
    const onPop = () => {
      const place = parsePath(location.pathname);
      if (place) setWanted(place.step);
    };
    addEventListener('popstate', onPop);
    return () => removeEventListener('popstate', onPop);
  }, []);

  // The address names what is really shown, without a new entry for the Back button.
  const path = pathOf(interviewId, step);
  useEffect(() => {
    if (location.pathname !== path) history.replaceState(null, '', path);
  }, [path]);

  // Sent while a page before it was open: the receipt follows by itself.
  const isSent = interview.state === 'submitted';
  useEffect(() => {
    if (isSent && (wanted.name === 'sending' || wanted.name === 'send')) go({ name: 'done' });
  }, [isSent, wanted.name, go]);

  return {
    step,
    incomplete: lost.size > 0 || isIncomplete(interview, facts),
    go,
    start: () => go(nextStep(interview, facts)),
    next: (number, answered) => {
      const keptHere = answered === null ? facts.keptHere : new Set([...facts.keptHere, answered]);
      const target = nextStep(interview, { ...facts, keptHere }, number);
      go(target.name === 'send' && autoSubmit ? { name: 'sending' } : target);
    },
    checked: (to) => {
      remember('checked', interviewId);
      setChecked(true);
      go(to ?? nextStep(interview, { ...facts, checked: true }));
    },
    withoutDevices: others && {
      toSend: others.name === 'send',
      go: () => {
        remember('others-first', interviewId);
        setOthersFirst(true);
        go(others);
      },
    },
  };
}

type Fact = 'checked' | 'others-first';

const storageKey = (fact: Fact, interviewId: string): string => `fairtake.${fact}.${interviewId}`;

/** Per tab: another device, or another day, has other cables. */
function isRemembered(fact: Fact, interviewId: string): boolean {
  try {
    return sessionStorage.getItem(storageKey(fact, interviewId)) !== null;
  } catch {
    return false;
  }
}

function remember(fact: Fact, interviewId: string): void {
  try {
    sessionStorage.setItem(storageKey(fact, interviewId), 'yes');
  } catch {
    // Storage is forbidden: after a reload the check is offered again.
  }
}
