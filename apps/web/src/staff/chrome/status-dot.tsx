import classes from './status-dot.module.css';

type StatusDotProps = { tone: 'good' | 'warn' | 'busy'; children: string };

/** A state in one dot and a few words; announced politely when it changes. */
export function StatusDot({ tone, children }: StatusDotProps) {
  return (
    <span className={classes.status} role="status">
      <i data-tone={tone} aria-hidden="true" />
      <span className={classes.words}>{children}</span>
    </span>
  );
}
