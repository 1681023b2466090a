import { useRef, type ReactNode, type RefObject } from 'react';
import { useRegionFocus, useShortcuts, type KeyBindings } from '../keys/use-shortcuts';
import { Connection } from './connection';
import classes from './page.module.css';
import { ShortcutSheet, type Shortcut } from './shortcut-sheet';
import { useShortcutSheet } from './shortcut-sheet-switch';

type PageProps = {
  /** Named in the window's title; the heading unless `heading` draws another one. */
  title: string;
  /** When the window says more than the heading, such as that something is wrong. */
  windowTitle?: string;
  heading?: ReactNode;
  sub?: ReactNode;
  tabs?: ReactNode;
  /** Takes the place of the connection dot where a screen saves as one works. */
  status?: ReactNode;
  /** The one filled button of the page. */
  action?: ReactNode;
  shortcuts?: Shortcut[];
  /** Given by screens that must move focus themselves. */
  region?: RefObject<HTMLElement | null>;
  className?: string;
  /** On phones the screen takes the place of the bottom bar. */
  immersive?: boolean;
  children: ReactNode;
};

/** A screen: title row, main region, and the keys that answer while focus is inside it. */
export function Page(props: PageProps) {
  const { title, heading, sub, tabs, status, action, shortcuts = [], region, className, children } = props;
  const { immersive, windowTitle = title } = props;
  const own = useRef<HTMLElement>(null);
  const main = region ?? own;
  const sheet = useShortcutSheet();
  const bindings: KeyBindings = { '?': () => sheet.setOpen(true) };
  for (const shortcut of shortcuts) for (const key of shortcut.keys) bindings[key] = shortcut.act;
  useShortcuts(main, bindings);
  useRegionFocus(main);
  return (
    <>
      <title>{`${windowTitle} · Fairtake`}</title>
      <header className={classes.bar}>
        {heading ?? <h1 className={classes.title}>{title}</h1>}
        {sub && <span className={classes.sub}>{sub}</span>}
        {tabs}
        <span className={classes.space} />
        {status ?? <Connection />}
        {action}
      </header>
      <main id="main" ref={main} tabIndex={-1} className={className} data-immersive={immersive || undefined}>
        {children}
      </main>
      <ShortcutSheet shortcuts={shortcuts} />
    </>
  );
}
