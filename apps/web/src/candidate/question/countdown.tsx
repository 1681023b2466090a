import { useEffect, useState } from 'react';
import { useText } from '../messages';
import css from '../parts/monitor.module.css';

/** 3-2-1 over the picture. Esc or **Cancel** ends it before anything is recorded. */
export function Countdown({ onDone, onCancel }: { onDone: () => void; onCancel: () => void }) {
  const t = useText();
  const [left, setLeft] = useState(3);
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : onDone()), 1000);
    return () => clearTimeout(timer);
    // Only the passing second restarts the wait: a new callback must not.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [left]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onCancel();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onCancel]);
  return (
    <div className={css.count}>
      <div className={css.ring} aria-hidden="true">
        <svg viewBox="0 0 112 112">
          <circle cx="56" cy="56" r="52" />
          <circle cx="56" cy="56" r="52" pathLength="3" strokeDasharray={`${left} 3`} />
        </svg>
        <span>{left}</span>
      </div>
      <p aria-hidden="true">{t('question.startsIn', { left })}</p>
    </div>
  );
}
