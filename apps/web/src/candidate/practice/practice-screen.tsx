import type { CaptureSession } from '@fairtake/capture';
import type { CandidateAnswer, CandidateInterview, CandidateQuestion } from '@fairtake/contracts';
import { useMemo, useState } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { duration } from '../moments';
import { LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { Announcements } from '../question/announcements';
import { Notes } from '../question/notes';
import { QuestionBar } from '../question/question-bar';
import { QuestionMonitor } from '../question/question-monitor';
import { QuestionNotices } from '../question/question-notices';
import css from '../question/question.module.css';
import { useQuestion } from '../question/use-question';
import { useCamera } from '../recording/recording-context';
import { useServerClock } from '../server-clock';
import { practiceNotes, practiceTakes } from './practice-takes';

const thinkSeconds = 30;
const answerSeconds = 60;
const unlimited = Number.POSITIVE_INFINITY;
const nothing = (): void => undefined;

/**
 * The question screen with a friendly question, made of the same parts so that nothing is new later. What is recorded
 * stays in this page: no request, no journal.
 */
export function PracticeScreen(props: {
  interview: CandidateInterview;
  session: CaptureSession;
  onDone: () => void;
}) {
  const { interview, session, onDone } = props;
  const t = useText();
  const { locale } = useLocale();
  const camera = useCamera();
  const { question, answer } = usePracticeQuestion(interview);
  const takes = useMemo(() => practiceTakes(session), [session]);
  const { phase, actions } = useQuestion(takes, question, answer, nothing);
  return (
    <div className={css.screen}>
      <p className={ui.where}>
        <span>
          <span>{t('practice.title')}</span>
          <i className={ui.sep} />
          <span className={ui.limit}>{t('question.limit', { limit: duration(answerSeconds, locale) })}</span>
        </span>
        <span className={ui.nb}>{t('practice.unlimited')}</span>
      </p>
      <PageTitle
        tab={t('practice.title')}
        organisation={interview.organisation}
        className={css.question}
        announce={phase.name === 'think' || phase.name === 'review' ? phase.name : ''}
      >
        {t('practice.question')}
      </PageTitle>
      <p className={ui.promise}>
        <Icon name="shield" />
        <span>{t('practice.promise')}</span>
      </p>
      <QuestionNotices
        interviewId={interview.interviewId}
        phase={phase}
        question={question}
        takesLeft={unlimited}
        actions={actions}
      />
      <QuestionMonitor number={1} question={question} answer={answer} phase={phase} actions={actions} />
      <QuestionBar
        phase={phase}
        question={question}
        actions={actions}
        takesLeft={unlimited}
        answered={false}
        opening={camera.status === 'opening'}
        onUse={onDone}
        onNext={onDone}
      />
      <Notes store={practiceNotes} questionId={question.questionId} />
      {phase.name === 'think' ? (
        <nav className={classNames(ui.links, css.links)} aria-label={t('welcome.ways')}>
          <LinkButton onPress={onDone}>{t('practice.leave')}</LinkButton>
        </nav>
      ) : null}
      <div className={classNames(css.room, phase.name === 'review' && css.roomForTwo)} />
      <Announcements phase={phase} question={question} answer={answer} takesLeft={unlimited} />
    </div>
  );
}

/** A question of this person's kind: picture or voice, with or without a countdown, as their own questions are. */
function usePracticeQuestion(interview: CandidateInterview): {
  question: CandidateQuestion;
  answer: CandidateAnswer;
} {
  const serverNowMs = useServerClock();
  const camera = useCamera();
  const [thinkStartedAt] = useState(() => new Date(serverNowMs()).toISOString());
  const [own] = interview.questions;
  const kind = camera.status === 'live' && camera.soundOnly ? 'audio' : 'video';
  const issuedAt = thinkStartedAt;
  return {
    question: {
      ...{ questionId: 'practice', kind, text: {}, thinkSeconds, answerSeconds, takes: 1 },
      ...{ graceSeconds: own?.graceSeconds ?? 15, required: true, showCountdown: own?.showCountdown ?? true },
      window: { issuedAt, startBeforeAt: null, uploadsEndAt: null },
    },
    answer: {
      ...{ questionId: 'practice', thinkStartedAt, takesUsed: 0, keptTakeId: null, kept: false },
      ...{ keptDurationSeconds: null, takes: [] },
    },
  };
}
