import type { CandidateQuestion } from '@fairtake/contracts';
import { useEffect, useRef, type ReactNode } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { duration } from '../moments';
import { Button } from '../parts/button';
import { classNames } from '../parts/class-names';
import { usePressGuard, type PressGuard } from '../parts/press-guard';
import type { QuestionPhase, Take } from './phase';
import css from './question.module.css';
import type { QuestionActions } from './use-question';
import { useTicking } from './use-ticking';

/** What can be pressed in this phase, and one line of what to expect. */
export function QuestionBar(props: {
  phase: QuestionPhase;
  question: CandidateQuestion;
  actions: QuestionActions;
  /** Infinity in practice. */
  takesLeft: number;
  /** No recording is left because of faults, not because of tries. */
  faultsUsedUp?: boolean;
  /** An answer is chosen already; another recording would replace it. */
  answered: boolean;
  opening: boolean;
  onUse: (takeId: string) => void;
  onNext: () => void;
}) {
  const { phase, question, actions, takesLeft, answered, opening, onUse, onNext } = props;
  const t = useText();
  const pressGuard = usePressGuard(`${question.questionId} ${phase.name}`);
  const { settling, guard } = pressGuard;
  switch (phase.name) {
    case 'think':
      if (takesLeft === 0) {
        return (
          <Deck under={t(props.faultsUsedUp ? 'question.noFaults' : 'question.noTakes')}>
            <Button primary settling={settling} onPress={guard(onNext)}>
              {t('question.next')}
            </Button>
          </Deck>
        );
      }
      return (
        <Deck under={t('question.takeYourTime')} two={answered}>
          <Button primary busy={opening} settling={settling} onPress={guard(actions.ready)}>
            {t('question.ready')}
          </Button>
          {answered ? (
            <Button settling={settling} onPress={guard(onNext)}>
              {t('question.keepOld')}
            </Button>
          ) : null}
        </Deck>
      );
    case 'countdown':
      return (
        <Deck under={t('question.devicesReady')}>
          <FocusedButton onPress={guard(actions.cancel)}>{t('question.cancel')}</FocusedButton>
        </Deck>
      );
    case 'record':
      // Not guarded: who meant to cancel a moment too late has said not to go on.
      return (
        <Deck under={<RecordHint take={phase.take} question={question} />}>
          <FocusedButton primary icon="stop" onPress={actions.stop}>
            {t('question.stop')}
          </FocusedButton>
        </Deck>
      );
    case 'stopping':
      return (
        <Deck under={t('question.saving')}>
          <Button primary busy icon="stop" onPress={actions.stop}>
            {t('question.stop')}
          </Button>
        </Deck>
      );
    case 'review':
      return (
        <Choice
          where={t(Number.isFinite(takesLeft) ? 'question.choice' : 'practice.choice')}
          actions={actions}
          pressGuard={pressGuard}
          takesLeft={takesLeft}
          onUse={() => onUse(phase.take.takeId)}
        />
      );
    case 'received':
      return (
        <Choice
          where={t('question.choice.received')}
          actions={actions}
          pressGuard={pressGuard}
          takesLeft={takesLeft}
          onUse={() => onUse(phase.takeId)}
        />
      );
    case 'found':
      return null;
  }
}

/** What to expect while recording: when a warning comes, or that nothing is cut off. */
function RecordHint({ take, question }: { take: Take; question: CandidateQuestion }) {
  const t = useText();
  const { locale } = useLocale();
  const { answerSeconds, graceSeconds } = question;
  const screen = question.kind === 'screen';
  const over = useTicking(true, () => (take.elapsedMs() >= answerSeconds * 1000 ? 1 : 0));
  if (over) return t('question.wholeKept');
  if (screen) return t('screen.stopHint');
  if (answerSeconds > 30 && question.showCountdown) return t('question.willTell');
  return t('question.thenGrace', {
    limit: duration(answerSeconds, locale),
    grace: duration(graceSeconds, locale),
  });
}

function Choice(props: {
  where: string;
  actions: QuestionActions;
  pressGuard: PressGuard;
  takesLeft: number;
  onUse: () => void;
}) {
  const { where, actions, takesLeft, onUse } = props;
  const { settling, guard } = props.pressGuard;
  const t = useText();
  return (
    <Deck under={takesLeft === 0 ? t('question.lastTake') : where} two={takesLeft > 0}>
      <Button primary settling={settling} onPress={guard(onUse)}>
        {t('question.use')}
      </Button>
      {takesLeft > 0 ? (
        <Button settling={settling} onPress={guard(actions.again)}>
          {Number.isFinite(takesLeft) ? t('question.again', { takesLeft }) : t('practice.again')}
        </Button>
      ) : null}
    </Deck>
  );
}

function Deck(props: { under: ReactNode; two?: boolean; children: ReactNode }) {
  return (
    <div className={css.deck}>
      <div className={classNames(css.bar, props.two && css.barOfTwo)}>{props.children}</div>
      <p className={css.under}>{props.under}</p>
    </div>
  );
}

/** Takes the focus of the button it replaced, so Enter or Space stops (or cancels) at once. */
function FocusedButton(props: Omit<Parameters<typeof Button>[0], 'ref'>) {
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => ref.current?.focus({ preventScroll: true }), []);
  return <Button ref={ref} {...props} />;
}
