import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import type { BoardRow } from '@fairtake/contracts';

/** A card that moves to another column is drawn anew there: focus goes with it instead of falling off the page. */
export function useKeptFocus(region: RefObject<HTMLElement | null>, rows: readonly BoardRow[]): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    const remember = (event: FocusEvent) => {
      const card =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-interview]') : null;
      last.current = card?.dataset.interview ?? null;
    };
    element.addEventListener('focusin', remember);
    return () => element.removeEventListener('focusin', remember);
  }, [region]);
  useLayoutEffect(() => {
    if (!last.current || document.activeElement !== document.body) return;
    region.current?.querySelector<HTMLElement>(`[data-interview="${last.current}"]`)?.focus();
  }, [region, rows]);
}
