import type { CaptureSession } from '@fairtake/capture';
import type { InterviewDevices } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { InterviewStore } from '../interview';
import { useRecording } from '../recording/recording-context';
import type { Devices } from './devices-context';
import { endsAsking } from './ends-asking';
import { holdInterview, readDevices } from './hand-off-api';

/** Often enough that a device that lost the interview stops within seconds; the server waits half a minute. */
const holdEveryMs = 4_000;
const watchEveryMs = 2_000;

/**
 * Keeps the server told that this device is there, and this page told which device records. Pages that record hold the
 * interview; when another device went on, what runs here is stopped and kept, and the page watches.
 */
export function useDeviceLease(
  store: InterviewStore,
  place: { records: boolean; questionId: string | null; offering: boolean },
): Omit<Devices, 'offerHandOff'> {
  const { interview, refresh } = store;
  const { interviewId, state } = interview;
  const { session, snapshot, camera } = useRecording();
  const recording = snapshot.takes.some((take) => take.phase === 'recording');
  const [view, setView] = useState<InterviewDevices | null>(null);
  const [watching, setWatching] = useState(false);
  const [heldBefore, setHeldBefore] = useState(false);
  const [unreachable, setUnreachable] = useState(false);
  const [stopped, setStopped] = useState<ReadonlySet<string>>(new Set());
  const underWay = isUnderWay(state);
  const ownsTab = session === null || snapshot.ownership === 'owner';
  const mode = modeOf({ underWay, watching, ...place, ownsTab });
  const known = useRef<string | null>(null);

  const accept = useCallback(
    (found: InterviewDevices) => {
      setView(found);
      setUnreachable(false);
      const { holder } = found;
      if (holder?.here || place.offering) setHeldBefore(true);
      const elsewhere = holder !== null && !holder.here;
      if (elsewhere && holder.live && mode !== 'look') {
        if (session) setStopped((before) => stopRecordings(session, before));
        camera.close();
        setWatching(true);
        // Sent from there: the page stays as it is until it knows the receipt.
      } else if (!elsewhere && isUnderWay(found.state)) setWatching(false);
      const now = `${found.state} ${found.progress}`;
      if (known.current !== null && known.current !== now) void refresh();
      known.current = now;
    },
    [mode, place.offering, session, camera, refresh],
  );

  // What runs now is read when it is needed: a new snapshot, twenty a second, starts no new turn.
  const acceptNow = useRef(accept);
  useEffect(() => {
    acceptNow.current = accept;
  }, [accept]);

  useEffect(() => {
    if (mode === 'off') return;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (): Promise<InterviewDevices> =>
      mode === 'hold'
        ? holdInterview(interviewId, { takeOver: false, questionId: place.questionId, recording })
        : readDevices(interviewId);
    const turn = async () => {
      let goesOn = mode !== 'look';
      // A page in the background that records nothing does not keep the interview from other devices.
      if (!document.hidden || recording) {
        try {
          const found = await ask();
          if (wanted) acceptNow.current(found);
        } catch (error) {
          if (wanted) setUnreachable(true);
          goesOn &&= !endsAsking(error);
        }
      }
      if (wanted && goesOn)
        timer = setTimeout(() => void turn(), mode === 'hold' ? holdEveryMs : watchEveryMs);
    };
    void turn();
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [mode, interviewId, place.questionId, recording]);

  const takeOver = useCallback(() => {
    const body = { takeOver: true, questionId: null, recording: false };
    void holdInterview(interviewId, body).then(
      (found) => {
        acceptNow.current(found);
        // The other device may have answered more than this page knows.
        void refresh();
      },
      () => setUnreachable(true),
    );
  }, [interviewId, refresh]);

  return { view, watching: watching && underWay, heldBefore, unreachable, stopped, takeOver };
}

/**
 * `hold`: this device records or is about to. `watch`: another one may. `look`: once, so that the person is told what
 * waits elsewhere.
 */
function modeOf(facts: {
  underWay: boolean;
  watching: boolean;
  records: boolean;
  offering: boolean;
  ownsTab: boolean;
}): 'hold' | 'watch' | 'look' | 'off' {
  if (!facts.underWay || !facts.ownsTab) return 'off';
  if (facts.watching || facts.offering) return 'watch';
  return facts.records ? 'hold' : 'look';
}

const isUnderWay = (state: InterviewDevices['state']): boolean => state === 'invited' || state === 'started';

/** Ends what is being recorded here; it is kept and sent. @returns the questions stopped so far */
function stopRecordings(session: CaptureSession, before: ReadonlySet<string>): ReadonlySet<string> {
  const running = session.takes().filter((take) => take.getSnapshot().phase === 'recording');
  for (const take of running) {
    if (take.elapsedMs() < limits.shortTakeSeconds * 1000) void take.giveBack('too_short');
    else void take.stop();
  }
  return running.length === 0 ? before : new Set([...before, ...running.map((take) => take.questionId)]);
}
