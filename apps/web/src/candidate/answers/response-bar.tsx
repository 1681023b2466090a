import type { CandidateQuestion } from '@fairtake/contracts';
import { useEffect, useRef } from 'react';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { classNames } from '../parts/class-names';
import { usePressGuard } from '../parts/press-guard';
import question from '../question/question.module.css';
import type { DraftState } from './response-draft';
import { SaveWords } from './save-words';

/** Makes what is here the answer, and goes on. Until something can be one, the line below says what is missing. */
export function ResponseBar(props: {
  question: CandidateQuestion;
  state: DraftState;
  /** There is an answer already, maybe an older one than what is shown. */
  answered: boolean;
  onKeep: () => void;
  onNext: (answered: string | null) => void;
}) {
  const { state, answered, onKeep, onNext } = props;
  const { questionId } = props.question;
  const t = useText();
  const { settling, guard } = usePressGuard(`${questionId} ${state.kept}`);
  // Goes on as soon as the server has made it the answer, if the person asked for it here.
  const asked = useRef(false);
  useEffect(() => {
    if (!asked.current || !state.kept) return;
    asked.current = false;
    onNext(questionId);
  }, [state.kept, onNext, questionId]);
  const missing = missingOf(props.question, state);
  const waiting = state.keeping && (state.saving.name === 'device' || state.saving.name === 'unsafe');
  return (
    <div className={question.deck}>
      <div className={classNames(question.bar, answered && !state.kept && question.barOfTwo)}>
        {state.kept ? (
          <Button primary settling={settling} onPress={guard(() => onNext(questionId))}>
            {t('question.next')}
          </Button>
        ) : (
          <Button
            primary
            busy={missing !== null || state.keeping}
            onPress={guard(() => {
              asked.current = true;
              onKeep();
            })}
          >
            {t('question.use')}
          </Button>
        )}
        {waiting ? <Button onPress={guard(() => onNext(null))}>{t('response.goOn')}</Button> : null}
        {answered && !state.kept && !waiting ? (
          <Button settling={settling} onPress={guard(() => onNext(null))}>
            {t('question.keepOld')}
          </Button>
        ) : null}
      </div>
      <div className={question.under}>
        {waiting ? <p role="status">{t('response.waiting')}</p> : null}
        {state.saving.name === 'conflict' ? null : (
          <SaveWords saving={state.saving} writing={props.question.kind === 'text'} />
        )}
        {missing && state.content ? <p>{t(missing)}</p> : null}
        {state.kept ? <p>{t('response.kept')}</p> : null}
      </div>
    </div>
  );
}

/** Why this cannot be the answer yet; null when it can. The server asks the same again. */
function missingOf({ settings }: CandidateQuestion, { content, saving }: DraftState): MessageId | null {
  if (saving.name === 'conflict') return 'response.missing.conflict';
  if (!content) return 'response.missing.text';
  if (content.kind === 'text' && settings?.kind === 'text') {
    if (content.text.trim() === '') return 'response.missing.text';
    return content.text.length > settings.maxCharacters ? 'response.missing.shorter' : null;
  }
  if (content.kind === 'choice' && settings?.kind === 'choice')
    return content.optionIds.length < settings.minChosen ? 'response.missing.choice' : null;
  return null;
}
