import type { CandidateAnswer, CandidateQuestion } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { duration } from '../moments';
import ui from '../parts/ui.module.css';
import { useServerClock } from '../server-clock';
import { thinkSecondsLeft, type QuestionPhase, type Take } from './phase';
import { useTicking } from './use-ticking';

const thinkMilestones = [10, 30, 60];
const recordMilestones = [10, 30];

/** The only voice of the clocks: silent except at milestones, polite always. */
export function Announcements(props: {
  phase: QuestionPhase;
  question: CandidateQuestion;
  answer: CandidateAnswer | undefined;
  takesLeft: number;
}) {
  const { phase, question, answer, takesLeft } = props;
  return (
    <p className={ui.vh} role="status">
      {phase.name === 'think' ? <ThinkMilestone question={question} answer={answer} /> : null}
      {phase.name === 'countdown' ? <CountdownStart /> : null}
      {phase.name === 'record' ? <RecordMilestone question={question} take={phase.take} /> : null}
      {phase.name === 'review' ? <Recorded take={phase.take} takesLeft={takesLeft} /> : null}
    </p>
  );
}

function CountdownStart() {
  const t = useText();
  return t('question.startsIn', { left: 3 });
}

function ThinkMilestone(props: { question: CandidateQuestion; answer: CandidateAnswer | undefined }) {
  const { question, answer } = props;
  const t = useText();
  const { locale } = useLocale();
  const serverNowMs = useServerClock();
  const milestone = useTicking(true, () => {
    const left = thinkSecondsLeft(question.thinkSeconds, answer?.thinkStartedAt ?? null, serverNowMs());
    return left === null || left === 0 ? null : (thinkMilestones.find((mark) => left <= mark) ?? null);
  });
  // A limit equal to the milestone has just been read out with the question.
  const whole = question.thinkSeconds ?? 0;
  if (milestone === null || milestone >= whole || !question.showCountdown) return null;
  return t('question.thinkMilestone', { left: duration(milestone, locale) });
}

function RecordMilestone({ question, take }: { question: CandidateQuestion; take: Take }) {
  const t = useText();
  const milestone = useTicking(true, () => {
    const left = question.answerSeconds - Math.floor(take.elapsedMs() / 1000);
    return recordMilestones.find((mark) => left > 0 && left <= mark) ?? null;
  });
  if (milestone === null || !question.showCountdown) return t('question.recording');
  return t('question.secondsLeft', { left: milestone });
}

function Recorded({ take, takesLeft }: { take: Take; takesLeft: number }) {
  const t = useText();
  const { locale } = useLocale();
  const length = duration(take.getSnapshot().recordedMs / 1000, locale);
  return t(takesLeft > 0 ? 'question.recordedStatus' : 'question.recordedStatus.last', { length });
}
