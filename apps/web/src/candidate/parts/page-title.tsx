import { useEffect, useRef, type ReactNode } from 'react';

/** The very first page is read from its top; every later one announces itself by focus on its heading. */
let somethingShown = false;

/**
 * The heading of a page. Names the browser tab and takes focus when the page appears, and again whenever
 * `announce` becomes another word. An empty `announce` leaves the focus where it is.
 */
export function PageTitle(props: {
  children: ReactNode;
  /** Tab title without the organisation. */
  tab: string;
  organisation?: string | undefined;
  className?: string | undefined;
  lang?: string;
  announce?: string;
}) {
  const { children, tab, organisation, className, lang, announce = 'page' } = props;
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = organisation ? `${tab} – ${organisation}` : tab;
  }, [tab, organisation]);
  useEffect(() => {
    window.scrollTo(0, 0);
  }, []);
  useEffect(() => {
    if (somethingShown && announce !== '') ref.current?.focus({ preventScroll: true });
    somethingShown = true;
  }, [announce]);
  return (
    <h1 ref={ref} tabIndex={-1} className={className} lang={lang}>
      {children}
    </h1>
  );
}
