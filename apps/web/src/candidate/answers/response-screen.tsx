import type { CandidateAnswer, CandidateInterview, CandidateQuestion } from '@fairtake/contracts';
import { useEffect, useState } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { openQuestion } from '../interview-api';
import { UsePhoneLink } from '../hand-off/use-phone-link';
import { useText } from '../messages';
import { duration } from '../moments';
import { LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import question from '../question/question.module.css';
import { TroubleNote } from '../trouble/trouble-note';
import css from './answers.module.css';
import { ConflictNote } from './conflict-note';
import { ResponseBar } from './response-bar';
import { ResponseField } from './response-field';
import { useResponse } from './use-response';

/** A question that is answered in words, by choosing, or with a file: the frame of every question, without a camera. */
export function ResponseScreen(props: {
  interview: CandidateInterview;
  question: CandidateQuestion;
  number: number;
  onAnswer: (answer: CandidateAnswer) => void;
  /** The server knows more about this interview than the page. */
  onChanged: () => void;
  /** On to the next; with the question's id when an answer was just chosen. */
  onNext: (answered: string | null) => void;
  onAdjustments: () => void;
  onLater: () => void;
}) {
  const { interview, number, onAnswer, onChanged, onNext } = props;
  const { interviewId, organisation, questionCount: count } = interview;
  const { questionId, answerSeconds, required, text: texts } = props.question;
  const t = useText();
  const { locale } = useLocale();
  const text = localized(texts, locale);
  const trouble = useOpened(interviewId, questionId, onAnswer, onChanged);
  const { draft, state, upload } = useResponse({ interviewId, questionId }, onAnswer);
  const { saving } = state;
  const answered = interview.answers.some((answer) => answer.questionId === questionId && answer.kept);
  const refusal = saving.name === 'refused' ? saving.trouble : null;
  useEffect(() => {
    if (refusal?.code === 'interview_closed') onChanged();
  }, [refusal, onChanged]);

  return (
    <div className={css.screen}>
      <p className={ui.where}>
        <span>
          <span>{t('question.of', { number, count })}</span>
          <i className={ui.sep} />
          <span className={ui.limit}>{t('response.about', { time: duration(answerSeconds, locale) })}</span>
        </span>
      </p>
      <PageTitle
        key={questionId}
        tab={t('question.of', { number, count })}
        organisation={organisation}
        className={question.question}
        lang={text.lang}
      >
        {text.text}
      </PageTitle>
      {trouble || refusal ? <TroubleNote trouble={(trouble ?? refusal)!} /> : null}
      {saving.name === 'conflict' ? (
        <ConflictNote theirs={saving.theirs} onSettle={(whose) => draft.settle(whose)} />
      ) : null}
      <ResponseField question={props.question} draft={draft} state={state} upload={upload} text={text.text} />
      <ResponseBar
        question={props.question}
        state={state}
        answered={answered}
        onKeep={() => draft.keep()}
        onNext={onNext}
      />
      <nav className={classNames(ui.links, question.links)} aria-label={t('welcome.ways')}>
        {required || answered ? null : (
          <LinkButton onPress={() => onNext(null)}>{t('question.skip')}</LinkButton>
        )}
        <UsePhoneLink />
        <LinkButton onPress={props.onAdjustments}>{t('welcome.adjustment')}</LinkButton>
        <LinkButton onPress={props.onLater}>{t('question.later')}</LinkButton>
      </nav>
      <div className={question.room} />
    </div>
  );
}

/** Tells the server that the question is read. Offline it can be answered all the same. */
function useOpened(
  interviewId: string,
  questionId: string,
  onAnswer: (answer: CandidateAnswer) => void,
  onChanged: () => void,
): Trouble | null {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => {
    let wanted = true;
    openQuestion(interviewId, questionId).then(
      (answer) => wanted && onAnswer(answer),
      (error: unknown) => {
        const found = troubleOf(error);
        if (!wanted || found.code === 'network') return;
        if (found.code === 'interview_closed') onChanged();
        setTrouble(found);
      },
    );
    return () => {
      wanted = false;
    };
  }, [interviewId, questionId, onAnswer, onChanged]);
  return trouble;
}
