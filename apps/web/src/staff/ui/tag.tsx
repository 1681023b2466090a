import type { ReactNode } from 'react';
import classes from './tag.module.css';

type TagProps = { tone?: 'plain' | 'info' | 'good' | 'warn' | 'accent'; children: ReactNode };

/** A small state word. */
export const Tag = ({ tone = 'plain', children }: TagProps) => (
  <span className={classes.tag} data-tone={tone}>
    {children}
  </span>
);
