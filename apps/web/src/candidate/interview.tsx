import type { CandidateInterview } from '@fairtake/contracts';
import { useState } from 'react';
import { ConsentScreen } from './consent/consent-screen';
import { OtherWaysScreen } from './consent/other-ways-screen';
import { DoneScreen } from './done/done-screen';
import { hostOf } from './frame/host';
import { PageFrame } from './frame/page-frame';
import { StatusScreen } from './status/status-screen';
import { allowedStep, nextStep, pathOf, type Step, type StepFacts } from './steps';
import { WelcomeScreen } from './welcome/welcome-screen';

export function Interview(props: { initial: CandidateInterview; initialStep: Step; link: string | null }) {
  const [interview, setInterview] = useState(props.initial);
  const [wanted, setWanted] = useState(props.initialStep);
  const facts: StepFacts = { checked: false, keptHere: new Set() };
  const step = allowedStep(wanted, interview, facts);
  const go = (next: Step) => {
    history.pushState(null, '', pathOf(interview.interviewId, next));
    setWanted(next);
  };
  return (
    <PageFrame host={hostOf(interview)}>
      {step.name === 'welcome' ? (
        <WelcomeScreen
          interview={interview}
          link={props.link}
          onStart={() => go(nextStep(interview, facts))}
          onOtherWays={() => go({ name: 'other-ways' })}
        />
      ) : null}
      {step.name === 'consent' ? (
        <ConsentScreen
          interview={interview}
          onAgreed={setInterview}
          onRefused={() => go({ name: 'other-ways' })}
        />
      ) : null}
      {step.name === 'other-ways' ? (
        <OtherWaysScreen interview={interview} onBack={() => history.back()} />
      ) : null}
      {step.name === 'done' ? (
        <DoneScreen interview={interview} onStatus={() => go({ name: 'status' })} />
      ) : null}
      {step.name === 'status' ? <StatusScreen interview={interview} /> : null}
    </PageFrame>
  );
}
