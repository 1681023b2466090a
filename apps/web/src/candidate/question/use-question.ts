import { CaptureError, keepAwake } from '@fairtake/capture';
import type { CandidateAnswer, CandidateQuestion } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Trouble } from '../arrival';
import { useRecording } from '../recording/recording-context';
import {
  endedBySharer,
  hasEnded,
  leftOver,
  returnedBy,
  type Notice,
  type QuestionPhase,
  type Take,
  type TakeSource,
} from './phase';
import { useReceivedElsewhere } from './received-elsewhere';

/** Loudness heard while a take was recorded, for its waveform in review. In memory only. */
const heardLevels = new WeakMap<Take, number[]>();
export const levelsOf = (take: Take): readonly number[] => heardLevels.get(take) ?? [];

const checkEveryMs = 100;

export type QuestionActions = {
  ready: () => void;
  cancel: () => void;
  /** The countdown is over. */
  begin: () => void;
  stop: () => void;
  /** Back to think time; the recording under review stays within reach. */
  again: () => void;
  /** Shows an earlier recording, which may still become the answer. */
  look: (take: Take) => void;
  /** For a take cut by a reload. */
  goOn: () => void;
  keepFound: () => void;
  giveBackFound: () => void;
};

/** The phases of one question, driven by the capture library and the person. */
export function useQuestion(
  session: TakeSource,
  question: CandidateQuestion,
  answer: CandidateAnswer | undefined,
  onChanged: () => void,
): { phase: QuestionPhase; actions: QuestionActions } {
  const { camera, kept } = useRecording();
  const { questionId, kind, answerSeconds, graceSeconds } = question;
  const [phase, setPhase] = useState<QuestionPhase>(() => {
    const takes = session.takes().filter((take) => take.questionId === questionId);
    const left = leftOver(takes, answer, kept[questionId]);
    if (left?.kind === 'found') return { name: 'found', take: left.take };
    if (left?.kind === 'review') return { name: 'stopping', take: left.take };
    if (left?.kind === 'received') return { ...left, name: 'received' };
    return { name: 'think', notice: null };
  });
  const elsewhere = useReceivedElsewhere(answer, (takeId) =>
    session.takes().some((take) => take.takeId === takeId),
  );
  useEffect(() => {
    if (!elsewhere) return;
    const { takeId, startedAt } = elsewhere;
    // Sent by a device that recorded before this one: nothing that goes on here is disturbed.
    setPhase((now) =>
      now.name === 'think' && now.notice === null ? { name: 'received', takeId, startedAt } : now,
    );
  }, [elsewhere]);
  /** The recording a new one replaces. Dropped only once the new one runs. */
  const replaced = useRef<Take | null>(null);

  const think = useCallback(
    (notice: Notice | null) => {
      setPhase({ name: 'think', notice });
      onChanged();
    },
    [onChanged],
  );

  const show = useCallback(
    async (take: Take) => {
      const blobs = await take.recordedBlobs();
      setPhase({ name: 'review', take, blobs });
      onChanged();
    },
    [onChanged],
  );

  const stop = useCallback(
    async (take: Take) => {
      setPhase({ name: 'stopping', take });
      if (take.elapsedMs() < limits.shortTakeSeconds * 1000) {
        await take.giveBack('too_short');
        think({ kind: 'returned', cause: 'short' });
        return;
      }
      await take.stop();
      await show(take);
    },
    [show, think],
  );

  // A recording found in the journal is shown as soon as its bytes are read.
  const [found] = useState(phase.name === 'stopping' ? phase.take : null);
  useEffect(() => {
    if (found) void show(found);
    // Once, at the start: later recordings are shown by `stop`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  useEffect(() => {
    if (phase.name !== 'record') return;
    const { take } = phase;
    const levels = heardLevels.get(take) ?? [];
    heardLevels.set(take, levels);
    const unsubscribeLevel = camera.subscribeLevel(({ level }) => levels.push(level));
    const letSleep = keepAwake();
    let hidden = document.hidden;
    const check = () => {
      hidden ||= document.hidden;
      const { fault, phase: now, error } = take.getSnapshot();
      const atLimit = take.elapsedMs() >= (answerSeconds + graceSeconds) * 1000;
      if (now !== 'refused' && !fault && !atLimit && !hasEnded(take)) return;
      clearInterval(timer);
      if (now === 'refused') {
        think({ kind: 'problem', trouble: { code: (error ?? 'internal') as Trouble['code'] } });
      } else if (fault && fault.kind !== 'memory_full' && !endedBySharer(fault, kind)) {
        // A full memory is none of these: what it holds is the answer up to here, and it is kept.
        const { reason, notice } = returnedBy(fault, hidden);
        void take.giveBack(reason);
        think(notice);
      } else void stop(take);
    };
    const timer = setInterval(check, checkEveryMs);
    return () => {
      clearInterval(timer);
      unsubscribeLevel();
      letSleep();
    };
  }, [phase, camera, kind, answerSeconds, graceSeconds, stop, think]);

  const countDown = async (goOn: Take | null) => {
    const state = camera.getSnapshot();
    const open = () => (kind === 'screen' ? camera.share() : camera.open());
    const live = state.status === 'live' ? state : await open();
    if (live.status === 'live') setPhase({ name: 'countdown', goOn });
    else if (live.status === 'off' && kind === 'screen' && !goOn) think({ kind: 'not_shared' });
  };

  const begin = async (goOn: Take | null) => {
    const state = camera.getSnapshot();
    if (state.status !== 'live') return think({ kind: 'not_started' });
    const { stream } = state;
    try {
      const stopAfterMs = (answerSeconds + graceSeconds) * 1000;
      const take = goOn ?? (await session.startTake({ questionId, stream, stopAfterMs }));
      if (goOn) {
        await goOn.record(stream);
        goOn.stopAfter?.(stopAfterMs);
      }
      const before = replaced.current;
      replaced.current = null;
      setPhase({ name: 'record', take });
      onChanged();
      // Where recordings add up in memory only the newest is kept.
      if (!session.keepsEarlier) await before?.discard();
    } catch (error) {
      if (goOn) setPhase({ name: 'found', take: goOn });
      else think(noticeOf(error));
    }
  };

  return {
    phase,
    actions: {
      ready: () => void countDown(null),
      cancel: () => {
        if (phase.name !== 'countdown') return;
        if (phase.goOn) setPhase({ name: 'found', take: phase.goOn });
        else think(null);
      },
      begin: () => void (phase.name === 'countdown' && begin(phase.goOn)),
      stop: () => void (phase.name === 'record' && stop(phase.take)),
      again: () => {
        if (phase.name === 'review') replaced.current = phase.take;
        think(null);
      },
      look: (take) => void show(take),
      goOn: () => void (phase.name === 'found' && countDown(phase.take)),
      keepFound: () => {
        if (phase.name === 'found') void phase.take.stop().then(() => show(phase.take));
      },
      giveBackFound: () => {
        if (phase.name === 'found') void phase.take.giveBack('page_closed').then(() => think(null));
      },
    },
  };
}

function noticeOf(error: unknown): Notice {
  if (error instanceof CaptureError && error.code === 'refused' && error.reason) {
    return { kind: 'problem', trouble: { code: error.reason as Trouble['code'] } };
  }
  return { kind: 'not_started' };
}
