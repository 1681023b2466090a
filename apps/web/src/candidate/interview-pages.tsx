import { Suspense, useEffect, type ReactNode } from 'react';
import { ConsentScreen } from './consent/consent-screen';
import { OtherWaysScreen } from './consent/other-ways-screen';
import { DoneScreen } from './done/done-screen';
import { hostOf } from './frame/host';
import { PageFrame } from './frame/page-frame';
import type { InterviewStore } from './interview';
import { CheckScreen, QuestionScreen, preloadRecording } from './recording/load';
import { useRecording } from './recording/recording-context';
import { SendScreen } from './sending/send-screen';
import { SendingScreen } from './sending/sending-screen';
import { StatusScreen } from './status/status-screen';
import type { Step } from './steps';
import { OtherTabScreen } from './trouble/other-tab-screen';
import { useNavigation, type Navigation } from './use-navigation';
import { useCatchUp } from './use-catch-up';
import { useSubmit, type Submitting } from './use-submit';
import { WelcomeScreen } from './welcome/welcome-screen';
import { WelcomeSkeleton } from './welcome/welcome-skeleton';

type PageProps = {
  store: InterviewStore;
  link: string | null;
  navigation: Navigation;
  submitting: Submitting;
};

/** The pages of one interview in their frame. */
export function InterviewPages(props: { store: InterviewStore; initialStep: Step; link: string | null }) {
  const { store, initialStep, link } = props;
  const { interview } = store;
  const { camera } = useRecording();
  const navigation = useNavigation(store, initialStep);
  const { step } = navigation;
  const submitting = useSubmit(store, step.name === 'sending');
  const catchingUp = useCatchUp(store.refresh);

  const usesCamera = step.name === 'check' || step.name === 'question';
  useEffect(() => {
    if (!usesCamera) camera.close();
  }, [usesCamera, camera]);

  useEffect(() => {
    if (step.name === 'consent') preloadRecording();
  }, [step.name]);

  const page = <Page store={store} link={link} navigation={navigation} submitting={submitting} />;
  const records = usesCamera || step.name === 'send' || step.name === 'sending';
  return (
    <PageFrame host={hostOf(interview)} task={step.name === 'question'}>
      {records ? (
        <OwnerOnly organisation={interview.organisation} catchingUp={catchingUp}>
          {page}
        </OwnerOnly>
      ) : (
        page
      )}
    </PageFrame>
  );
}

/** Pages that record or send are shown in one tab only, once the journal is open. */
function OwnerOnly(props: { organisation: string; catchingUp: boolean; children: ReactNode }) {
  const { organisation, catchingUp, children } = props;
  const { session, snapshot } = useRecording();
  if (!session) return <WelcomeSkeleton />;
  if (snapshot.ownership !== 'owner') return <OtherTabScreen organisation={organisation} />;
  if (catchingUp) return <WelcomeSkeleton />;
  return <Suspense fallback={<WelcomeSkeleton />}>{children}</Suspense>;
}

function Page({ store, link, navigation, submitting }: PageProps) {
  const { interview, setInterview } = store;
  const { step, go, start } = navigation;
  const otherWays = () => go({ name: 'other-ways' });
  const redo = (number: number) => go({ name: 'question', number });
  switch (step.name) {
    case 'welcome':
      return <WelcomeScreen interview={interview} link={link} onStart={start} onOtherWays={otherWays} />;
    case 'consent':
      return (
        <ConsentScreen
          interview={interview}
          onAgreed={(agreed) => {
            setInterview(agreed);
            go({ name: 'check' });
          }}
          onRefused={otherWays}
        />
      );
    case 'other-ways':
      return <OtherWaysScreen interview={interview} onBack={() => history.back()} />;
    case 'check':
      return <CheckScreen interview={interview} onDone={navigation.checked} onOtherWays={otherWays} />;
    case 'question':
      return <QuestionPage store={store} navigation={navigation} number={step.number} />;
    case 'send':
      return (
        <SendScreen
          interview={interview}
          incomplete={navigation.incomplete}
          busy={submitting.busy}
          trouble={submitting.trouble}
          onRedo={redo}
          onSend={() => (submitting.pending ? go({ name: 'sending' }) : submitting.submit())}
        />
      );
    case 'sending':
      return (
        <SendingScreen
          interview={interview}
          trouble={submitting.trouble}
          onRetry={submitting.submit}
          onRedo={redo}
        />
      );
    case 'done':
      return <DoneScreen interview={interview} onStatus={() => go({ name: 'status' })} />;
    case 'status':
      return <StatusScreen interview={interview} />;
  }
}

function QuestionPage(props: { store: InterviewStore; navigation: Navigation; number: number }) {
  const { store, navigation, number } = props;
  const { session } = useRecording();
  const question = store.interview.questions[number - 1];
  if (!session || !question) return null;
  return (
    <QuestionScreen
      key={question.questionId}
      interview={store.interview}
      session={session}
      question={question}
      number={number}
      onAnswer={store.setAnswer}
      onChanged={store.refresh}
      onNext={(answered) => navigation.next(number, answered)}
      onOtherWays={() => navigation.go({ name: 'other-ways' })}
      onLater={() => navigation.go({ name: 'welcome' })}
    />
  );
}
