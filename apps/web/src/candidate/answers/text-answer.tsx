import type { TextSettings } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { useEffect, useId, useState } from 'react';
import { useText } from '../messages';
import ui from '../parts/ui.module.css';
import css from './answers.module.css';

/** How many characters before the end the count is read out, once each. */
const milestones = [0, 20, 100];

/** Plain text of any script. The limit stops nobody in mid-word: what is over is told, and kept from being the answer. */
export function TextAnswer(props: {
  settings: TextSettings;
  value: string;
  onChange: (text: string) => void;
}) {
  const { settings, value, onChange } = props;
  const t = useText();
  const id = useId();
  const [wasCut, setWasCut] = useState(false);
  const left = settings.maxCharacters - value.length;
  return (
    <div className={css.field}>
      <label htmlFor={id}>{t('response.text.label')}</label>
      <textarea
        id={id}
        className={css.writing}
        rows={10}
        dir="auto"
        aria-describedby={`${id}-count`}
        aria-invalid={left < 0 || undefined}
        value={value}
        onChange={(event) => {
          // What may be stored at all; the answer's own limit is told, never enforced in mid-word.
          const text = event.target.value;
          setWasCut(text.length > limits.textCharactersMax);
          onChange(text.slice(0, limits.textCharactersMax));
        }}
      />
      <p id={`${id}-count`} className={left < 0 ? css.over : css.count}>
        {left < 0
          ? t('response.text.over', { over: -left })
          : t('response.text.count', { used: value.length, max: settings.maxCharacters })}
      </p>
      {wasCut ? (
        <p role="alert" className={css.over}>
          {t('response.text.cut', { max: limits.textCharactersMax })}
        </p>
      ) : null}
      <CountMilestone left={left} />
    </div>
  );
}

/** The count for people who do not see it: only near the end, and when it is passed. */
function CountMilestone({ left }: { left: number }) {
  const t = useText();
  const reached = left < 0 ? -1 : (milestones.find((mark) => left <= mark) ?? null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (reached === null) setSaid('');
    else setSaid(reached < 0 ? t('response.text.isOver') : t('response.text.left', { left: reached }));
  }, [reached, t]);
  return (
    <p className={ui.vh} role="status">
      {said}
    </p>
  );
}
