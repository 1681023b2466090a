import type { CandidateAnswer, CandidateQuestion } from '@fairtake/contracts';
import { useText } from '../messages';
import { clockTime } from '../moments';
import css from '../parts/monitor.module.css';
import { StripState, StripTime } from '../parts/monitor';
import { LiveWave, QuietWave } from '../parts/wave';
import { useRecording } from '../recording/recording-context';
import { useServerClock } from '../server-clock';
import { thinkSecondsLeft, type Take } from './phase';
import { useTicking } from './use-ticking';

/** The strip in think time: a soft clock that starts nothing, or none. */
export function ThinkStrip(props: { question: CandidateQuestion; answer: CandidateAnswer | undefined }) {
  const { question, answer } = props;
  const t = useText();
  const serverNowMs = useServerClock();
  const timed = question.thinkSeconds !== null && question.showCountdown;
  const left = useTicking(timed, () =>
    thinkSecondsLeft(question.thinkSeconds, answer?.thinkStartedAt ?? null, serverNowMs()),
  );
  return (
    <>
      <StripState>{t('question.thinkTime')}</StripState>
      <QuietWave />
      {timed && left !== null ? (
        <StripTime label={t('question.thinkLeft')}>{clockTime(left)}</StripTime>
      ) : null}
    </>
  );
}

export function ReadyStrip() {
  const t = useText();
  return (
    <>
      <StripState>{t('question.getReady')}</StripState>
      <QuietWave />
      <StripTime>{clockTime(0)}</StripTime>
    </>
  );
}

/** Elapsed time always, remaining time only in the last thirty seconds. */
export function RecordStrip({ take, question }: { take: Take; question: CandidateQuestion }) {
  const t = useText();
  const { camera } = useRecording();
  const elapsed = useTicking(true, () => Math.floor(take.elapsedMs() / 1000));
  const left = question.answerSeconds - elapsed;
  return (
    <>
      <StripState recording>{t('question.recording')}</StripState>
      <LiveWave subscribeLevel={camera.subscribeLevel} />
      <StripTime label={t('question.recorded')}>
        {clockTime(elapsed)}{' '}
        {question.showCountdown && left > 0 && left <= 30 ? (
          <small>{t('question.secondsLeft', { left })}</small>
        ) : null}
      </StripTime>
    </>
  );
}

/** Over the picture's lower edge once the limit is reached; nothing below it moves. */
export function GraceBanner({ take, question }: { take: Take; question: CandidateQuestion }) {
  const t = useText();
  const left = useTicking(true, () =>
    Math.ceil(question.answerSeconds + question.graceSeconds - take.elapsedMs() / 1000),
  );
  if (left > question.graceSeconds) return null;
  return (
    <div className={css.finish}>
      <b role="alert">{t('question.finish')}</b>
      {question.showCountdown ? <span>{t('question.moreSeconds', { left: Math.max(0, left) })}</span> : null}
    </div>
  );
}
