import type { CandidateInterview } from '@fairtake/contracts';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { AdjustmentsScreen } from './adjustments/load';
import { useLooks } from './adjustments/use-looks';
import { useChosenResponses } from './answers/use-chosen-responses';
import { ConsentScreen } from './consent/consent-screen';
import { OtherWaysScreen } from './consent/other-ways-screen';
import { DoneScreen } from './done/done-screen';
import { hostOf } from './frame/host';
import { CueCard } from './hand-off/cue-card';
import { useDevices } from './hand-off/devices-context';
import { DevicesProvider } from './hand-off/devices-provider';
import { UnsentElsewhere } from './hand-off/unsent-elsewhere';
import { MyDataScreen } from './my-data/my-data-screen';
import { PageFrame } from './frame/page-frame';
import type { InterviewStore } from './interview';
import {
  CheckScreen,
  PracticeScreen,
  QuestionScreen,
  ResponseScreen,
  preloadRecording,
} from './recording/load';
import { useRecording } from './recording/recording-context';
import { WaitingNote } from './recording/waiting-note';
import { SendScreen } from './sending/send-screen';
import { SendingScreen } from './sending/sending-screen';
import { StatusScreen } from './status/status-screen';
import { isRecorded, needsDevices, type Step } from './steps';
import { OtherTabScreen } from './trouble/other-tab-screen';
import { useNavigation, type Navigation } from './use-navigation';
import { useCatchUp } from './use-catch-up';
import { WithdrawSheet } from './withdraw/withdraw-sheet';
import { WithdrawnScreen } from './withdraw/withdrawn-screen';
import { useSubmit, type Submitting } from './use-submit';
import { WelcomeScreen } from './welcome/welcome-screen';
import { WelcomeSkeleton } from './welcome/welcome-skeleton';

type PageProps = {
  store: InterviewStore;
  navigation: Navigation;
  submitting: Submitting;
};

/** The pages of one interview in their frame. */
export function InterviewPages(props: { store: InterviewStore; initialStep: Step }) {
  const { store, initialStep } = props;
  const { interview } = store;
  const { camera, snapshot } = useRecording();
  useLooks(interview);
  useChosenResponses(store);
  const navigation = useNavigation(store, initialStep);
  const { step } = navigation;
  const submitting = useSubmit(store, step.name === 'sending');
  const usesCamera = step.name === 'check' || step.name === 'practice' || step.name === 'question';
  // A tab that says that another one records keeps no light on.
  const keepsCamera = usesCamera && snapshot.ownership === 'owner';
  useEffect(() => {
    if (!keepsCamera) camera.close();
  }, [keepsCamera, camera]);

  useEffect(() => {
    if (step.name === 'consent') preloadRecording();
  }, [step.name]);

  const records = usesCamera || step.name === 'send' || step.name === 'sending';
  const question = step.name === 'question' ? interview.questions[step.number - 1] : undefined;
  return (
    <DevicesProvider store={store} records={records} questionId={question?.questionId ?? null}>
      <FramedPage store={store} navigation={navigation} submitting={submitting} records={records} />
    </DevicesProvider>
  );
}

/** The page in its frame, or the cue card while another device records. */
function FramedPage({ records, ...page }: PageProps & { records: boolean }) {
  const { store, navigation } = page;
  const { interview, refresh } = store;
  const { watching } = useDevices();
  const catchingUp = useCatchUp(refresh);
  const content = records ? (
    <OwnerOnly organisation={interview.organisation} catchingUp={catchingUp}>
      <UnsentElsewhere interview={interview} />
      <Page {...page} />
    </OwnerOnly>
  ) : (
    <Page {...page} />
  );
  return (
    <PageFrame
      host={hostOf(interview)}
      task={isTask(navigation.step) && !watching}
      onAdjustments={
        mayAdjust(navigation.step, interview) ? () => navigation.go({ name: 'adjustments' }) : undefined
      }
    >
      {watching ? <CueCard interview={interview} /> : content}
    </PageFrame>
  );
}

/** From the help of every page but a question's: nobody is led away from a recording. */
const mayAdjust = (step: Step, { state }: CandidateInterview): boolean =>
  (state === 'invited' || state === 'started') && !isTask(step) && step.name !== 'adjustments';

const mayPractise = (interview: InterviewStore['interview']): boolean =>
  interview.state === 'started' && interview.consent.given && needsDevices(interview);

/** While answering, the frame keeps out of the way. */
const isTask = (step: Step): boolean => step.name === 'question' || step.name === 'practice';

/** Pages that record or send are shown in one tab only, once the journal is open. */
function OwnerOnly(props: { organisation: string; catchingUp: boolean; children: ReactNode }) {
  const { organisation, catchingUp, children } = props;
  const { session, snapshot } = useRecording();
  if (!session) return <WelcomeSkeleton />;
  if (snapshot.ownership !== 'owner') return <OtherTabScreen organisation={organisation} />;
  if (catchingUp) return <WelcomeSkeleton />;
  return <Suspense fallback={<WelcomeSkeleton />}>{children}</Suspense>;
}

function Page({ store, navigation, submitting }: PageProps) {
  const { interview, setInterview } = store;
  const { step, go, start } = navigation;
  const otherWays = () => go({ name: 'other-ways' });
  const redo = (number: number) => go({ name: 'question', number });
  const myData = () => go({ name: 'my-data' });
  const adjustments = () => go({ name: 'adjustments' });
  // The check is passed over: what is there can be kept without devices, and going on opens them.
  const goToWaiting = (number: number) => navigation.checked({ name: 'question', number });
  const waiting = <WaitingNote interview={interview} onGo={goToWaiting} />;
  switch (step.name) {
    case 'welcome':
      return (
        <WelcomeScreen
          interview={interview}
          onStart={start}
          onOtherWays={otherWays}
          onAdjustments={adjustments}
          onPractise={mayPractise(interview) ? () => go({ name: 'practice' }) : null}
          onChanged={store.refresh}
          waiting={waiting}
        />
      );
    case 'consent':
      return (
        <ConsentScreen
          interview={interview}
          onAgreed={(agreed) => {
            setInterview(agreed);
            go({ name: 'check' });
          }}
          onRefused={otherWays}
          onAdjustments={adjustments}
        />
      );
    case 'other-ways':
      return <LeavingPage store={store} navigation={navigation} />;
    case 'adjustments':
      return (
        <Suspense fallback={<WelcomeSkeleton />}>
          <AdjustmentsScreen interview={interview} onChanged={setInterview} onBack={() => history.back()} />
        </Suspense>
      );
    case 'check':
      return (
        <CheckScreen
          interview={interview}
          onDone={() => navigation.checked()}
          onPractise={() => navigation.checked({ name: 'practice' })}
          withoutDevices={navigation.withoutDevices}
          waiting={waiting}
          onOtherWays={otherWays}
          onAdjustments={adjustments}
        />
      );
    case 'practice':
      return <PracticePage store={store} onDone={start} />;
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
      return <DoneScreen interview={interview} onStatus={() => go({ name: 'status' })} onMyData={myData} />;
    case 'status':
      return <StatusScreen interview={interview} onMyData={myData} />;
    case 'my-data':
      return <LeavingPage store={store} navigation={navigation} />;
    case 'withdrawn':
      return <WithdrawnScreen interview={interview} onMyData={myData} />;
  }
}

function PracticePage({ store, onDone }: { store: InterviewStore; onDone: () => void }) {
  const { session } = useRecording();
  return session ? <PracticeScreen interview={store.interview} session={session} onDone={onDone} /> : null;
}

/** The pages an application can be ended from. */
function LeavingPage({ store, navigation }: { store: InterviewStore; navigation: Navigation }) {
  const { interview, refresh } = store;
  const { session } = useRecording();
  const [asking, setAsking] = useState(false);
  const ask = () => setAsking(true);
  const back = () => history.back();
  const withdrawn = async () => {
    setAsking(false);
    // What the server did not get by now it will never take.
    await Promise.all((session?.takes() ?? []).map((take) => take.discard()));
    await session?.notes.clear();
    await refresh();
    navigation.go({ name: 'withdrawn' });
  };
  return (
    <>
      {navigation.step.name === 'my-data' ? (
        <MyDataScreen interview={interview} onBack={back} onWithdraw={ask} />
      ) : (
        <OtherWaysScreen
          interview={interview}
          onBack={back}
          onWithdraw={ask}
          onAdjustments={() => navigation.go({ name: 'adjustments' })}
        />
      )}
      {asking ? (
        <WithdrawSheet
          interview={interview}
          onClose={() => setAsking(false)}
          onWithdrawn={() => void withdrawn()}
        />
      ) : null}
    </>
  );
}

function QuestionPage(props: { store: InterviewStore; navigation: Navigation; number: number }) {
  const { store, navigation, number } = props;
  const { session } = useRecording();
  const question = store.interview.questions[number - 1];
  if (!session || !question) return null;
  const shared = {
    interview: store.interview,
    question,
    number,
    onAnswer: store.setAnswer,
    onChanged: store.refresh,
    onNext: (answered: string | null) => navigation.next(number, answered),
    onAdjustments: () => navigation.go({ name: 'adjustments' }),
    onLater: () => navigation.go({ name: 'welcome' }),
  };
  return isRecorded(question.kind) ? (
    <QuestionScreen
      key={question.questionId}
      session={session}
      onOtherWays={() => navigation.go({ name: 'other-ways' })}
      {...shared}
    />
  ) : (
    <ResponseScreen key={question.questionId} {...shared} />
  );
}
