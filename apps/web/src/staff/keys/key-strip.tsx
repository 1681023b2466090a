import type { ReactNode } from 'react';
import { Kbd } from './kbd';
import classes from './key-strip.module.css';

export type KeyHint = { keys: string[]; words: string; between?: string };

/** The line of keys at the bottom of a screen that is worked by keyboard. Hidden on phones. */
export function KeyStrip({ hints, children }: { hints: KeyHint[]; children?: ReactNode }) {
  return (
    <footer className={classes.strip}>
      {hints.map((hint) => (
        <span key={hint.words}>
          {hint.keys.map((key, index) => (
            <span key={key} className={classes.key}>
              {index > 0 && hint.between}
              <Kbd name={key} />
            </span>
          ))}
          {hint.words}
        </span>
      ))}
      <span className={classes.space} />
      {children}
    </footer>
  );
}
