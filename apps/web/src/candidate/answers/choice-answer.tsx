import type { ChoiceSettings } from '@fairtake/contracts';
import { useId } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import css from './answers.module.css';

/** One of several, or several: radio buttons or boxes of the browser's own. */
export function ChoiceAnswer(props: {
  settings: ChoiceSettings;
  question: string;
  chosen: readonly string[];
  onChange: (optionIds: string[]) => void;
}) {
  const { settings, question, chosen, onChange } = props;
  const t = useText();
  const { locale } = useLocale();
  const name = useId();
  const { minChosen, maxChosen, options } = settings;
  const single = maxChosen === 1;
  const full = !single && chosen.length >= maxChosen;
  const toggle = (optionId: string) => {
    if (single) return onChange([optionId]);
    const next = chosen.includes(optionId) ? chosen.filter((id) => id !== optionId) : [...chosen, optionId];
    // In the order the options stand, whatever the order of the presses.
    onChange(options.map((option) => option.optionId).filter((id) => next.includes(id)));
  };
  return (
    <fieldset className={css.options} aria-describedby={`${name}-hint`}>
      <legend className={css.legend}>{question}</legend>
      <p id={`${name}-hint`} className={css.count}>
        {single
          ? t('response.choice.one')
          : minChosen === maxChosen
            ? t('response.choice.exactly', { count: maxChosen })
            : t('response.choice.between', { min: minChosen, max: maxChosen })}
      </p>
      {options.map((option) => {
        const text = localized(option.text, locale);
        const checked = chosen.includes(option.optionId);
        const closed = full && !checked;
        return (
          <label key={option.optionId} className={css.option} data-closed={closed || undefined}>
            <input
              type={single ? 'radio' : 'checkbox'}
              name={name}
              checked={checked}
              aria-disabled={closed || undefined}
              onChange={() => (closed ? undefined : toggle(option.optionId))}
            />
            <span lang={text.lang}>{text.text}</span>
          </label>
        );
      })}
      {single ? null : (
        <p className={css.count} role="status">
          {full && minChosen !== maxChosen
            ? t('response.choice.full', { count: maxChosen })
            : t('response.choice.chosen', { count: chosen.length })}
        </p>
      )}
    </fieldset>
  );
}
