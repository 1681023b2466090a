import type { ReactNode } from 'react';
import classes from './link-text.module.css';

/** Dresses the router link inside as a text link. */
export const LinkText = ({ children }: { children: ReactNode }) => (
  <span className={classes.link}>{children}</span>
);
