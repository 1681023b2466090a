import { positionDefaults, QuestionKind, questionKinds, type QuestionDraft } from '@fairtake/contracts';
import { isRecorded, usualAnswerSeconds, usualSettings } from '@fairtake/domain';
import { ActionIcon, Checkbox, NativeSelect } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import card from '../ui/card.module.css';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import { isUnnamed } from './cleaned-draft';
import { fieldId, useFault } from './field-faults';
import { KindSettings } from './kind-settings';
import { LocalizedField } from './localized-field';
import classes from './setup.module.css';

const thinkChoices = [0, 15, 30, 45, 60, 90, 120, 180, 300, 600, 1800, 3600];
const answerChoices = [10, 15, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800];
const takeChoices = [1, 2, 3, 4, 5, 10];

/** The choices, with a value set elsewhere (by import, say) among them. */
const withPresent = (choices: number[], present: number): number[] =>
  [...new Set([...choices, present])].sort((a, b) => a - b);

type QuestionCardProps = {
  question: QuestionDraft;
  index: number;
  last: boolean;
  languages: string[];
  disabled: boolean;
  onChange: (question: QuestionDraft) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One question: its words, kind, times and tries. Alt ↑/↓ or the buttons order it. */
export function QuestionCard(props: QuestionCardProps) {
  const { question, index, last, disabled, onChange, onMove } = props;
  const t = useText();
  const pointer = `/questions/${index}`;
  const fault = useFault(pointer);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || disabled || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    onMove(event.key === 'ArrowUp' ? -1 : 1);
  };
  const number = index + 1;
  return (
    <li
      className={`${card.card} ${classes.panel}`}
      id={fieldId(pointer)}
      data-question={question.questionId}
      onKeyDown={onKeyDown}
    >
      <header className={classes.cardHead}>
        <h3>{t('setup.questionNumber', { number })}</h3>
        {!disabled && (
          <span>
            <ActionIcon
              aria-label={t('setup.moveUp', { number })}
              aria-keyshortcuts="Alt+ArrowUp"
              disabled={index === 0}
              onClick={() => onMove(-1)}
            >
              <IconArrowUp size={16} stroke={1.5} />
            </ActionIcon>
            <ActionIcon
              aria-label={t('setup.moveDown', { number })}
              aria-keyshortcuts="Alt+ArrowDown"
              disabled={last}
              onClick={() => onMove(1)}
            >
              <IconArrowDown size={16} stroke={1.5} />
            </ActionIcon>
            <ActionIcon aria-label={t('setup.removeQuestion', { number })} onClick={props.onRemove}>
              <IconTrash size={16} stroke={1.5} />
            </ActionIcon>
          </span>
        )}
      </header>
      {fault && <p className={classes.fault}>{fault}</p>}
      {!disabled && isUnnamed(question.text) && (
        <p className={classes.waiting}>{t('setup.unnamedQuestion')}</p>
      )}
      <LocalizedField
        label={t('setup.questionText')}
        value={question.text}
        languages={props.languages}
        pointer={`${pointer}/text`}
        disabled={disabled}
        strong
        onChange={(words) => onChange({ ...question, text: words })}
      />
      <QuestionTimes question={question} disabled={disabled} onChange={onChange} />
      <KindSettings
        question={question}
        languages={props.languages}
        pointer={pointer}
        disabled={disabled}
        onChange={(settings) => onChange({ ...question, settings })}
      />
    </li>
  );
}

/** The question as one of another kind, with the times and settings such a question usually has. */
function asKind({ settings: _settings, ...question }: QuestionDraft, kind: QuestionKind): QuestionDraft {
  const settings = usualSettings(kind);
  const recorded = isRecorded(kind);
  const wasRecorded = isRecorded(question.kind);
  return {
    ...question,
    ...(settings && { settings }),
    kind,
    // What is not recorded is thought about and answered in one, as often as one likes.
    ...(!recorded && { thinkSeconds: null, takes: 1 }),
    ...(recorded &&
      !wasRecorded && { thinkSeconds: positionDefaults.thinkSeconds, takes: positionDefaults.takes }),
    ...(recorded && wasRecorded ? {} : { answerSeconds: usualAnswerSeconds[kind] }),
  };
}

type QuestionTimesProps = Pick<QuestionCardProps, 'question' | 'disabled' | 'onChange'>;

function QuestionTimes({ question, disabled, onChange }: QuestionTimesProps) {
  const t = useText();
  const time = useTimeWords();
  const recorded = isRecorded(question.kind);
  const seconds = (value: number) => ({ value: String(value), label: time.spoken(value) });
  return (
    <div className={classes.selects}>
      <NativeSelect
        label={t('setup.kind')}
        disabled={disabled}
        value={question.kind}
        data={questionKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        onChange={(event) => onChange(asKind(question, QuestionKind.parse(event.currentTarget.value)))}
      />
      {recorded && (
        <NativeSelect
          label={t('setup.think')}
          disabled={disabled}
          value={question.thinkSeconds ?? 'free'}
          data={[
            ...withPresent(thinkChoices, question.thinkSeconds ?? 60).map((value) =>
              value === 0 ? { value: '0', label: t('setup.noThink') } : seconds(value),
            ),
            { value: 'free', label: t('setup.freeThink') },
          ]}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...question, thinkSeconds: value === 'free' ? null : Number(value) })
          }
        />
      )}
      <NativeSelect
        label={t(recorded ? 'setup.answer' : 'setup.answerGuide')}
        disabled={disabled}
        value={String(question.answerSeconds)}
        data={withPresent(answerChoices, question.answerSeconds).map(seconds)}
        onChange={(event) => onChange({ ...question, answerSeconds: Number(event.currentTarget.value) })}
      />
      {recorded && (
        <NativeSelect
          label={t('setup.takes')}
          disabled={disabled}
          value={String(question.takes)}
          data={withPresent(takeChoices, question.takes).map(String)}
          onChange={(event) => onChange({ ...question, takes: Number(event.currentTarget.value) })}
        />
      )}
      <Checkbox
        className={classes.inline}
        label={t('setup.required')}
        disabled={disabled}
        checked={question.required}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked })}
      />
    </div>
  );
}
