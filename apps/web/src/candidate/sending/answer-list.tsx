import type { CandidateInterview, QuestionKind } from '@fairtake/contracts';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useChosenHere } from '../answers/chosen-here';
import { useText } from '../messages';
import { time } from '../moments';
import { LinkButton } from '../parts/button';
import { Tag } from '../parts/callout';
import { MissingSeconds, missingOf } from '../my-data/missing-seconds';
import { OwnTake } from '../my-data/own-take';
import { answerState, type AnswerState, type KeptHere } from '../recording/answer-state';
import { useRecording } from '../recording/recording-context';
import { isRecorded } from '../steps';
import css from './answers.module.css';

/** Every question with where its answer is now. The list is a status region: changes are announced. */
export function AnswerList(props: {
  interview: CandidateInterview;
  /** Questions with something that was written, marked or sent, and not chosen. */
  unchosen?: ReadonlySet<string>;
  onRedo?: (number: number) => void;
}) {
  const { interview, unchosen, onRedo } = props;
  const { locale } = useLocale();
  const { snapshot, kept, lost } = useRecording();
  const chosen = useChosenHere(interview);
  return (
    <div role="status">
      <ol className={css.answers}>
        {interview.questions.map((question, index) => {
          const state = answerState(question, interview, snapshot.takes, kept, lost, chosen);
          const draft = unchosen?.has(question.questionId) ?? false;
          const text = localized(question.text, locale);
          return (
            <li key={question.questionId}>
              <span className={css.number}>{index + 1}</span>
              <span className={css.question} lang={text.lang}>
                {text.text}
              </span>
              <span className={css.tag}>
                <AnswerTag
                  state={draft && state.state === 'open' ? { ...state, state: 'undecided' } : state}
                  required={question.required}
                />
              </span>
              {state.state === 'sending' ? <SendingBar number={index + 1} percent={state.percent} /> : null}
              <HeldTake
                interview={interview}
                takeId={heldTake(interview, question.questionId, state, kept)}
                number={index + 1}
              />
              {draft ? <Unchosen kind={question.kind} answered={state.state !== 'open'} /> : null}
              {onRedo ? (
                <Redo
                  state={state}
                  recorded={isRecorded(question.kind)}
                  draft={draft}
                  onRedo={() => onRedo(index + 1)}
                />
              ) : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

/** The recording of an answer that the server holds whole, so that it plays on every device. */
function heldTake(
  interview: CandidateInterview,
  questionId: string,
  state: AnswerState,
  kept: KeptHere,
): string | null {
  const answer = interview.answers.find((each) => each.questionId === questionId);
  // Chosen here a moment ago: the server still names the one chosen before.
  if (state.state === 'received') return kept[questionId] ?? answer?.keptTakeId ?? null;
  if (state.state !== 'undecided') return null;
  return answer?.takes.findLast((take) => take.state === 'finalised')?.takeId ?? null;
}

function HeldTake(props: { interview: CandidateInterview; takeId: string | null; number: number }) {
  const { interview, takeId, number } = props;
  const t = useText();
  if (takeId === null) return null;
  const takes = interview.answers.flatMap((answer) => answer.takes);
  return (
    <div className={css.more}>
      <MissingSeconds seconds={missingOf(takes, takeId)} />
      <OwnTake
        interviewId={interview.interviewId}
        takeId={takeId}
        label={t('data.recordingOf', { number })}
      />
    </div>
  );
}

function AnswerTag({ state, required }: { state: AnswerState; required: boolean }) {
  const t = useText();
  const { locale } = useLocale();
  switch (state.state) {
    case 'received':
      return (
        <Tag tone="good" icon="check">
          {state.receivedAt
            ? t('answers.receivedAt', { time: time(state.receivedAt, locale) })
            : t('answers.received')}
        </Tag>
      );
    case 'sending':
      return (
        <Tag tone="info" icon="up">
          {t('answers.sending', { percent: state.percent })}
        </Tag>
      );
    case 'device':
      return (
        <Tag tone="plain" icon="saved">
          {t('answers.device')}
        </Tag>
      );
    case 'lost':
      return (
        <Tag tone="warn" icon="warning">
          {t('answers.lost')}
        </Tag>
      );
    case 'undecided':
      return (
        <Tag tone="warn" icon="clock">
          {t('answers.undecided')}
        </Tag>
      );
    case 'open':
      return required ? (
        <Tag tone="warn" icon="clock">
          {t('answers.open')}
        </Tag>
      ) : (
        <Tag tone="plain" icon="clock">
          {t('answers.skipped')}
        </Tag>
      );
  }
}

function SendingBar({ number, percent }: { number: number; percent: number }) {
  const t = useText();
  return <progress max={100} value={percent} aria-label={t('answers.progress', { number })} />;
}

/** What is not the answer is not sent, and that is said while it can still be chosen. */
function Unchosen({ kind, answered }: { kind: QuestionKind; answered: boolean }) {
  const t = useText();
  return (
    <div className={css.more}>
      <p>{t(answered ? 'answers.unchosen.change' : 'answers.unchosen', { kind })}</p>
    </div>
  );
}

function Redo(props: { state: AnswerState; recorded: boolean; draft: boolean; onRedo: () => void }) {
  const { state, recorded, draft, onRedo } = props;
  const t = useText();
  const { takesLeft } = state;
  if (draft) {
    return (
      <div className={css.more}>
        <LinkButton onPress={onRedo}>{t('answers.unchosen.look')}</LinkButton>
      </div>
    );
  }
  if (state.state === 'open' || state.state === 'undecided') {
    return (
      <div className={css.more}>
        <LinkButton onPress={onRedo}>{t('answers.answer')}</LinkButton>
      </div>
    );
  }
  if (!recorded) {
    return (
      <div className={css.more}>
        <LinkButton onPress={onRedo}>{t('answers.change')}</LinkButton>
      </div>
    );
  }
  if (takesLeft === 0 && state.state !== 'lost') return null;
  return (
    <div className={css.more}>
      {state.state === 'lost' ? <p>{t('answers.lost.body')}</p> : null}
      <LinkButton onPress={onRedo}>{t('question.again', { takesLeft })}</LinkButton>
    </div>
  );
}
