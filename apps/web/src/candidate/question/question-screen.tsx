import type { CaptureSession } from '@fairtake/capture';
import type { CandidateAnswer, CandidateInterview, CandidateQuestion } from '@fairtake/contracts';
import { useEffect, useMemo, useState } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { UsePhoneLink } from '../hand-off/use-phone-link';
import { openQuestion } from '../interview-api';
import { useText } from '../messages';
import { duration } from '../moments';
import { LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { answerState } from '../recording/answer-state';
import { useCamera, useRecording } from '../recording/recording-context';
import { useProvenRecorder } from '../recording/use-proven-recorder';
import { UploadHealth } from '../recording/upload-health';
import { TroubleNote } from '../trouble/trouble-note';
import { Announcements } from './announcements';
import { Notes } from './notes';
import { OtherRecordings } from './other-recordings';
import { otherRecordings, tryNumber, type TakeSource } from './phase';
import { QualityLine } from './quality-line';
import { QuestionBar } from './question-bar';
import { canShareScreen } from '@fairtake/capture';
import { ScreenElsewhere, ScreenNote } from './screen-notes';
import { QuestionMonitor } from './question-monitor';
import { QuestionNotices } from './question-notices';
import css from './question.module.css';
import { takeNews } from './take-news';
import { TakeNewsNote } from './take-news-note';
import { useQuestion } from './use-question';

/** One question in its five phases; the layout is the same in all of them. */
export function QuestionScreen(props: {
  interview: CandidateInterview;
  session: CaptureSession;
  question: CandidateQuestion;
  number: number;
  onAnswer: (answer: CandidateAnswer) => void;
  /** Something about takes changed that the server knows more about. */
  onChanged: () => void;
  /** On to the next; with the question's id when an answer was just chosen. */
  onNext: (answered: string | null) => void;
  onOtherWays: () => void;
  onAdjustments: () => void;
  onLater: () => void;
}) {
  const { interview, session, question, number, onAnswer, onChanged, onNext } = props;
  const t = useText();
  const { locale } = useLocale();
  const { snapshot, kept, lost, keep } = useRecording();
  const camera = useCamera();
  useProvenRecorder(camera, interview.capture.enhancedRecorder);
  const answer = interview.answers.find(({ questionId }) => questionId === question.questionId);
  const source = useMemo(() => takeSource(session), [session]);
  const { phase, actions } = useQuestion(source, question, answer, onChanged);
  const opening = useOpenedQuestion(interview.interviewId, question.questionId, onAnswer, onChanged);
  const { takesLeft, faultsUsedUp, tries, state } = answerState(
    question,
    interview,
    snapshot.takes,
    kept,
    lost,
  );
  const text = localized(question.text, locale);
  const answered = state !== 'open' && state !== 'undecided' && state !== 'lost';
  const thinking = phase.name === 'think';
  const elsewhere = question.kind === 'screen' && !canShareScreen();
  const news = takeNews(answer, (takeId) => session.resumeTake(takeId) !== null);
  const current = tryNumber(phase, tries, question.takes);

  return (
    <div className={css.screen}>
      <p className={ui.where}>
        <span>
          <span>{t('question.of', { number, count: interview.questionCount })}</span>
          <i className={ui.sep} />
          <span className={ui.limit}>
            {t('question.limit', { limit: duration(question.answerSeconds, locale) })}
          </span>
        </span>
        <span className={ui.nb}>{t('question.try', { current, takes: question.takes })}</span>
      </p>
      <PageTitle
        key={question.questionId}
        tab={t('question.of', { number, count: interview.questionCount })}
        organisation={interview.organisation}
        className={css.question}
        lang={text.lang}
        announce={phase.name === 'think' || phase.name === 'review' ? phase.name : ''}
      >
        {text.text}
      </PageTitle>
      {opening.trouble ? <TroubleNote trouble={opening.trouble} /> : null}
      <QuestionNotices
        interviewId={interview.interviewId}
        phase={phase}
        question={question}
        answer={answer}
        takesLeft={takesLeft}
        actions={actions}
      />
      {news && phase.name === 'think' && phase.notice === null ? (
        <TakeNewsNote
          interviewId={interview.interviewId}
          news={news}
          takesLeft={takesLeft}
          onChanged={onChanged}
        />
      ) : null}
      {elsewhere ? (
        <ScreenElsewhere onOtherWays={props.onOtherWays} />
      ) : (
        <>
          {question.kind === 'screen' && thinking ? <ScreenNote /> : null}
          <QuestionMonitor
            number={number}
            question={question}
            answer={answer}
            phase={phase}
            actions={actions}
          />
          <QuestionBar
            phase={phase}
            question={question}
            actions={actions}
            takesLeft={takesLeft}
            faultsUsedUp={faultsUsedUp}
            answered={answered}
            opening={camera.status === 'opening'}
            onUse={(takeId) => {
              keep(question.questionId, takeId);
              onNext(question.questionId);
            }}
            onNext={() => onNext(null)}
          />
        </>
      )}
      <OtherRecordings
        takes={otherRecordings(session.takes(), question.questionId, phase)}
        onLook={actions.look}
      />
      {phase.name === 'record' ? <QualityLine take={phase.take} /> : null}
      <UploadHealth />
      <Notes store={session.notes} questionId={question.questionId} />
      {thinking ? (
        <nav className={classNames(ui.links, css.links)} aria-label={t('welcome.ways')}>
          {question.required ? null : (
            <LinkButton onPress={() => onNext(null)}>{t('question.skip')}</LinkButton>
          )}
          <UsePhoneLink />
          <LinkButton onPress={props.onAdjustments}>{t('welcome.adjustment')}</LinkButton>
          <LinkButton onPress={props.onLater}>{t('question.later')}</LinkButton>
        </nav>
      ) : null}
      <div className={classNames(css.room, (phase.name === 'review' || answered) && css.roomForTwo)} />
      <Announcements phase={phase} question={question} answer={answer} takesLeft={takesLeft} />
    </div>
  );
}

/** The interview's own takes: an earlier recording stays within reach until one is chosen and safe. */
const takeSource = (session: CaptureSession): TakeSource => ({
  takes: () => session.takes(),
  startTake: (start) => session.startTake(start),
  keepsEarlier: true,
});

/** Starts the think time on the server. Offline the question can still be answered: uploads follow. */
function useOpenedQuestion(
  interviewId: string,
  questionId: string,
  onAnswer: (answer: CandidateAnswer) => void,
  onChanged: () => void,
): { trouble: Trouble | null } {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => {
    let wanted = true;
    openQuestion(interviewId, questionId).then(
      (answer) => wanted && onAnswer(answer),
      (error: unknown) => {
        const found = troubleOf(error);
        if (!wanted || found.code === 'network') return;
        // Sent from another tab or device meanwhile: this page has to move on to the receipt.
        if (found.code === 'interview_closed') onChanged();
        setTrouble(found);
      },
    );
    return () => {
      wanted = false;
    };
  }, [interviewId, questionId, onAnswer, onChanged]);
  return { trouble };
}
