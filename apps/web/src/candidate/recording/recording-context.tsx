import type { CaptureSession, CaptureSnapshot } from '@fairtake/capture';
import type { CandidateAnswer, CandidateInterview } from '@fairtake/contracts';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { isOver, leaveNothing, sweepStale } from '../left-behind';
import { Camera, type CameraState } from './camera';
import { loadCapture, preloadRecording } from './load';
import { useKeptAnswers, type KeptAnswers } from './kept-answers';

export type Recording = KeptAnswers & {
  /** Null until the journal is open. */
  session: CaptureSession | null;
  snapshot: CaptureSnapshot;
  camera: Camera;
};

const RecordingContext = createContext<Recording | null>(null);
const nothing: CaptureSnapshot = {
  ownership: 'owner',
  memoryOnly: false,
  atRisk: false,
  sending: null,
  takes: [],
};
const noSubscription = () => () => undefined;

/** Opens the capture library for one interview and keeps camera, journal and uploads for all its pages. */
export function RecordingProvider(props: {
  interview: CandidateInterview;
  onAnswer: (answer: CandidateAnswer) => void;
  children: ReactNode;
}) {
  const { interview, onAnswer, children } = props;
  const { interviewId, consent, state } = interview;
  const [camera] = useState(() => new Camera());
  const [session, setSession] = useState<CaptureSession | null>(null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);

  // The same for the whole installation: read again with the next page.
  const [capture] = useState(interview.capture);
  const over = isOver(state);
  const wanted = consent.given && !over;
  const closing = useRef<Promise<void>>(Promise.resolve());
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    preloadRecording();
    const opening = loadCapture().then(({ openInterview }) => openInterview(interviewId, capture));
    opening.then(
      (opened) => {
        if (left) return;
        setSession(opened);
        void sweepStale(interviewId);
      },
      (error: unknown) => !left && setFailure({ error }),
    );
    return () => {
      left = true;
      setSession(null);
      closing.current = opening.then(
        (opened) => opened.close(),
        () => undefined,
      );
    };
  }, [interviewId, wanted, capture]);
  // Nothing personal stays on a shared computer, whoever ended the interview: this tab, another device, or the deadline.
  useEffect(() => {
    if (over) void closing.current.catch(() => undefined).then(() => leaveNothing(interviewId));
  }, [over, interviewId]);
  useEffect(() => () => camera.close(), [camera]);

  const snapshot = useSyncExternalStore(
    session?.subscribe ?? noSubscription,
    session?.getSnapshot ?? (() => nothing),
  );
  const { kept, lost, keep } = useKeptAnswers(interview, session, snapshot, onAnswer);
  useCloseWarning(snapshot.atRisk || Object.keys(kept).length > 0);

  const recording = useMemo(
    () => ({ session, snapshot, camera, kept, lost, keep }),
    [session, snapshot, camera, kept, lost, keep],
  );
  // The library could not be fetched or opened: without it nothing can be shown. The error boundary says so.
  if (failure) throw failure.error;
  return <RecordingContext value={recording}>{children}</RecordingContext>;
}

export function useRecording(): Recording {
  const recording = useContext(RecordingContext);
  if (!recording) throw new Error('useRecording outside RecordingProvider');
  return recording;
}

export function useCamera(): CameraState {
  const { camera } = useRecording();
  return useSyncExternalStore(camera.subscribe, camera.getSnapshot);
}

/** The browser asks before closing, but only while something recorded is not safe on the server. */
function useCloseWarning(atRisk: boolean): void {
  useEffect(() => {
    if (!atRisk) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [atRisk]);
}
