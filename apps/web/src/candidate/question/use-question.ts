import type { CandidateAnswer, CandidateQuestion } from '@fairtake/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useRecording } from '../recording/recording-context';
import { Answering } from './answering';
import { cutBy, leftOver, type QuestionPhase, type TakeSource } from './phase';
import { useReceivedElsewhere } from './received-elsewhere';

export type QuestionActions = Pick<
  Answering,
  'ready' | 'cancel' | 'begin' | 'stop' | 'again' | 'look' | 'goOn' | 'keepFound' | 'giveBackFound'
>;

/** The phases of one question, driven by the capture library and the person. */
export function useQuestion(
  source: TakeSource,
  question: CandidateQuestion,
  answer: CandidateAnswer | undefined,
  onChanged: () => void,
): { phase: QuestionPhase; actions: QuestionActions } {
  const { camera, kept } = useRecording();
  const { questionId } = question;
  const [answering] = useState(
    () =>
      new Answering({ source, camera, question, onChanged }, firstPhase(source, questionId, answer, kept)),
  );
  useEffect(() => {
    answering.parts = { source, camera, question, onChanged };
  }, [answering, source, camera, question, onChanged]);
  useEffect(() => {
    answering.enter();
    return () => answering.leave();
  }, [answering]);
  const phase = useSyncExternalStore(answering.subscribe, answering.getSnapshot);
  const elsewhere = useReceivedElsewhere(answer, (takeId) =>
    source.takes().some((take) => take.takeId === takeId),
  );
  useEffect(() => {
    if (elsewhere) answering.receivedElsewhere(elsewhere.takeId, elsewhere.startedAt);
  }, [answering, elsewhere]);
  return { phase, actions: answering };
}

/** What an earlier page, or an earlier visit of this one, left of the question. */
function firstPhase(
  source: TakeSource,
  questionId: string,
  answer: CandidateAnswer | undefined,
  kept: Readonly<Record<string, string>>,
): QuestionPhase {
  const takes = source.takes().filter((take) => take.questionId === questionId);
  const left = leftOver(takes, answer, kept[questionId]);
  if (left?.kind === 'found')
    return { name: 'found', take: left.take, why: cutBy(left.take.getSnapshot().fault, false) };
  if (left?.kind === 'review') return { name: 'stopping', take: left.take };
  return left?.kind === 'received' ? { ...left, name: 'received' } : { name: 'think', notice: null };
}
