import classes from './score.module.css';

/** A score on the one-hue ramp, always with its number. Medians such as 3.5 wear the lower level's ground. */
export function Score({ value, small = false }: { value: number | null; small?: boolean }) {
  const level = value === null ? 0 : Math.min(5, Math.max(1, Math.floor(value)));
  return (
    <span className={classes.score} data-level={level} data-small={small || undefined}>
      {value ?? '–'}
    </span>
  );
}
