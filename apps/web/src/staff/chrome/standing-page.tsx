import type { ReactNode } from 'react';
import classes from './standing-page.module.css';
import { Mark } from './mark';

type StandingPageProps = { title: string; children: ReactNode; footer?: ReactNode };

/** A page that stands alone, without the rail: sign-in, welcome, faults. */
export function StandingPage({ title, children, footer }: StandingPageProps) {
  return (
    <main className={classes.page}>
      <title>{`${title} · Fairtake`}</title>
      <div className={classes.column}>
        <p className={classes.brand}>
          <Mark />
          Fairtake
        </p>
        <h1>{title}</h1>
        {children}
      </div>
      {footer && <footer className={classes.footer}>{footer}</footer>}
    </main>
  );
}
