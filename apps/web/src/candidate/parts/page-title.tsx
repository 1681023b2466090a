import { useEffect, useRef, type ReactNode } from 'react';

/** The very first page is read from its top; every later one announces itself by focus on its heading. */
let somethingShown = false;

/**
 * The heading of a page. Takes focus when the page appears (or `phase` changes) and names the browser tab.
 */
export function PageTitle(props: {
  children: ReactNode;
  /** Tab title without the organisation. */
  tab: string;
  organisation?: string | undefined;
  className?: string | undefined;
  lang?: string;
  phase?: string;
}) {
  const { children, tab, organisation, className, lang, phase } = props;
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = organisation ? `${tab} – ${organisation}` : tab;
  }, [tab, organisation]);
  useEffect(() => {
    if (somethingShown) ref.current?.focus({ preventScroll: phase !== undefined });
    if (somethingShown && phase === undefined) window.scrollTo(0, 0);
    somethingShown = true;
  }, [phase]);
  return (
    <h1 ref={ref} tabIndex={-1} className={className} lang={lang}>
      {children}
    </h1>
  );
}
