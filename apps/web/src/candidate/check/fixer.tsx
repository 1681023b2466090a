import { useEffect, useRef } from 'react';
import { useText } from '../messages';
import css from './check.module.css';
import { SpeakerCheck } from './speaker-check';

/** Three steps for whoever did not hear themselves: the loudspeaker, the microphone, and once more. */
export function Fixer() {
  const t = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <section className={css.fixer}>
      <h2 ref={heading} tabIndex={-1}>
        {t('check.fixer')}
      </h2>
      <ol>
        <li>
          {t('check.fixer.sound')}
          <SpeakerCheck />
        </li>
        <li>{t('check.fixer.microphone')}</li>
        <li>{t('check.fixer.again')}</li>
      </ol>
    </section>
  );
}
