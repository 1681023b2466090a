import { CannotRate, type RubricCriterion, type ScoreEntry } from '@fairtake/contracts';
import { Menu } from '@mantine/core';
import { useId } from 'react';
import { Kbd } from '../keys/kbd';
import { Score } from '../ui/score';
import { Localized, useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import classes from './criterion-scores.module.css';

type CriterionScoresProps = {
  criterion: RubricCriterion;
  number: number;
  score: ScoreEntry | undefined;
  focused: boolean;
  missing: boolean;
  disabled: boolean;
  /** The clip cannot be played: only "can't rate" is left. */
  levelsDisabled: boolean;
  onFocus: () => void;
  onScore: (level: number) => void;
  onCannotRate: (reason: CannotRate) => void;
  onClear: () => void;
};

const levels = [1, 2, 3, 4, 5];

/** One criterion: a native radio group with its anchors where the choice is made. Nothing is preselected. */
export function CriterionScores(props: CriterionScoresProps) {
  const { criterion, number, score, focused, disabled } = props;
  const t = useText();
  const words = useLocalized();
  const name = useId();
  const state = score ? 'done' : undefined;
  const anchorOf = (level: number) => criterion.anchors.find((anchor) => anchor.level === level)?.text;
  const levelName = (level: number) => {
    const anchor = anchorOf(level);
    return t('rubric.levelName', { level, anchor: anchor ? words(anchor) : t('rubric.between') });
  };
  return (
    <fieldset
      className={classes.criterion}
      data-criterion={criterion.criterionId}
      data-focused={focused || undefined}
      data-state={state}
      tabIndex={-1}
      onFocus={props.onFocus}
      aria-describedby={props.missing ? `${name}-missing` : undefined}
    >
      <legend onClick={props.onFocus}>
        <span className={classes.number} aria-hidden="true">
          {number}
        </span>
        <b>
          <Localized text={criterion.name} />
        </b>
        {criterion.lookFor && (
          <span className={classes.lookFor}>
            <Localized text={criterion.lookFor} />
          </span>
        )}
        {score && (
          <span className={classes.folded}>
            <Score value={score.level} />
          </span>
        )}
      </legend>
      {!disabled && <CannotRateMenu onCannotRate={props.onCannotRate} />}
      <div className={classes.levels}>
        {levels.map((level) => (
          <label key={level} data-level={level}>
            <input
              type="radio"
              name={name}
              value={level}
              aria-label={levelName(level)}
              checked={score?.level === level}
              disabled={disabled || props.levelsDisabled}
              onChange={() => props.onScore(level)}
            />
            <span>{level}</span>
          </label>
        ))}
      </div>
      {props.missing && (
        <p className={classes.missing} id={`${name}-missing`}>
          {t('rubric.missingHere')}
        </p>
      )}
      <div className={classes.anchors} data-chosen={score?.level ?? undefined}>
        {levels.map((level) => {
          const anchor = anchorOf(level);
          return anchor ? (
            <p key={level} data-anchor={level} data-chosen={score?.level === level || undefined}>
              <b>{level}</b>
              <Localized text={anchor} />
            </p>
          ) : null;
        })}
      </div>
      {score?.level != null && !anchorOf(score.level) && (
        <p className={classes.between}>
          {t('rubric.betweenLevels', { low: score.level - 1, high: score.level + 1 })}
        </p>
      )}
      {score?.cannotRate && (
        <p className={classes.reason}>
          {t('rubric.cannotRateBecause', { reason: t(`cannotRate.${score.cannotRate}`) })}
          {!disabled && (
            <button type="button" onClick={props.onClear}>
              {t('rubric.undoCannotRate')}
            </button>
          )}
        </p>
      )}
    </fieldset>
  );
}

function CannotRateMenu({ onCannotRate }: { onCannotRate: (reason: CannotRate) => void }) {
  const t = useText();
  return (
    <Menu returnFocus={false}>
      <Menu.Target>
        <button type="button" className={classes.cannotRate} data-cannot-rate aria-keyshortcuts="x">
          {t('rubric.cannotRate')}
          <Kbd name="X" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('rubric.why')}</Menu.Label>
        {CannotRate.options.map((reason) => (
          <Menu.Item key={reason} onClick={() => onCannotRate(reason)}>
            {t(`cannotRate.${reason}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
