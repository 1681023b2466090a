import type { CriterionDraft, PositionDraft } from '@fairtake/contracts';
import { ActionIcon, Checkbox, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import card from '../ui/card.module.css';
import { useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import { AnchorsField } from './anchors-field';
import { isUnnamed } from './cleaned-draft';
import { fieldId, useFault } from './field-faults';
import { LocalizedField } from './localized-field';
import classes from './setup.module.css';

type CriterionCardProps = {
  criterion: CriterionDraft;
  index: number;
  last: boolean;
  /** Part of all weights, 0 to 1. */
  share: number;
  draft: PositionDraft;
  disabled: boolean;
  onChange: (criterion: CriterionDraft) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

/** One criterion: name, what to look for, anchors, questions, weight. */
export function CriterionCard(props: CriterionCardProps) {
  const { criterion, index, draft, disabled, onChange } = props;
  const t = useText();
  const pointer = `/criteria/${index}`;
  return (
    <li
      className={`${card.card} ${classes.panel}`}
      id={fieldId(pointer)}
      data-criterion={criterion.criterionId}
    >
      <CriterionHead {...props} />
      {!disabled && isUnnamed(criterion.name) && (
        <p className={classes.waiting}>{t('setup.unnamedCriterion')}</p>
      )}
      <LocalizedField
        label={t('setup.criterionName')}
        value={criterion.name}
        languages={draft.languages}
        pointer={`${pointer}/name`}
        maxLength={120}
        disabled={disabled}
        strong
        onChange={(name) => onChange({ ...criterion, name })}
      />
      <LocalizedField
        label={t('setup.lookFor')}
        value={criterion.lookFor ?? {}}
        languages={draft.languages}
        pointer={`${pointer}/lookFor`}
        disabled={disabled}
        onChange={(lookFor) => onChange({ ...criterion, lookFor })}
      />
      <AnchorsField
        anchors={criterion.anchors}
        languages={draft.languages}
        pointer={`${pointer}/anchors`}
        disabled={disabled}
        onChange={(anchors) => onChange({ ...criterion, anchors })}
      />
      <ScoredQuestions {...props} pointer={`${pointer}/questionIds`} />
    </li>
  );
}

function CriterionHead({
  criterion,
  index,
  last,
  share,
  disabled,
  onChange,
  onMove,
  onRemove,
}: CriterionCardProps) {
  const t = useText();
  const intl = useIntl();
  const number = index + 1;
  return (
    <header className={classes.cardHead}>
      <h3>{t('setup.criterionNumber', { number })}</h3>
      <TextInput
        type="number"
        className={classes.weight}
        aria-label={t('setup.weightOf', { number })}
        min={1}
        max={100}
        step={1}
        disabled={disabled}
        value={criterion.weight}
        onChange={(event) => {
          const weight = event.currentTarget.valueAsNumber;
          if (weight > 0 && weight <= 100) onChange({ ...criterion, weight });
        }}
      />
      <span className={classes.share}>
        {t('setup.share', { share: intl.formatNumber(share, { style: 'percent' }) })}
      </span>
      {!disabled && (
        <span>
          <ActionIcon
            aria-label={t('setup.criterionUp', { number })}
            disabled={index === 0}
            onClick={() => onMove(-1)}
          >
            <IconArrowUp size={16} stroke={1.5} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('setup.criterionDown', { number })}
            disabled={last}
            onClick={() => onMove(1)}
          >
            <IconArrowDown size={16} stroke={1.5} />
          </ActionIcon>
          <ActionIcon aria-label={t('setup.removeCriterion', { number })} onClick={onRemove}>
            <IconTrash size={16} stroke={1.5} />
          </ActionIcon>
        </span>
      )}
    </header>
  );
}

function ScoredQuestions(props: CriterionCardProps & { pointer: string }) {
  const { criterion, draft, disabled, onChange, pointer } = props;
  const t = useText();
  const words = useLocalized();
  const fault = useFault(pointer);
  return (
    <fieldset className={classes.checks} id={fieldId(pointer)} disabled={disabled}>
      <legend>{t('setup.scores')}</legend>
      {fault && <p className={classes.fault}>{fault}</p>}
      {draft.questions.map((question, index) => (
        <Checkbox
          key={question.questionId}
          disabled={disabled}
          label={`${t('setup.questionShort', { number: index + 1 })} ${words(question.text)}`}
          checked={criterion.questionIds.includes(question.questionId)}
          onChange={(event) =>
            onChange({
              ...criterion,
              questionIds: event.currentTarget.checked
                ? [...criterion.questionIds, question.questionId]
                : criterion.questionIds.filter((id) => id !== question.questionId),
            })
          }
        />
      ))}
    </fieldset>
  );
}
