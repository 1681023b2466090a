import { useText } from '../words/use-text';
import classes from './progress-bar.module.css';

type ProgressBarProps = { done: number; total: number; tall?: boolean; current?: number };

/** One tick per clip; above forty a plain share, where ticks could no longer be told apart. */
export function ProgressBar({ done, total, tall = false, current }: ProgressBarProps) {
  const t = useText();
  const label = t('review.doneOf', { done, total });
  if (total > 40)
    return (
      <span className={classes.bar} data-tall={tall || undefined} role="img" aria-label={label}>
        <i data-done style={{ flexGrow: done }} />
        <i style={{ flexGrow: total - done }} />
      </span>
    );
  return (
    <span className={classes.bar} data-tall={tall || undefined} role="img" aria-label={label}>
      {Array.from({ length: total }, (_none, index) => (
        <i
          key={index}
          data-done={index < done || undefined}
          data-current={(current !== undefined && index === current) || undefined}
        />
      ))}
    </span>
  );
}
