import type { ReactNode } from 'react';
import classes from './empty.module.css';

/** Nothing here yet: why, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section className={classes.empty}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
