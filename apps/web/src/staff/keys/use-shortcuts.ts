import { useEffect, useRef, type RefObject } from 'react';
import { isTextEntry, keyName, ownsKey } from './key-matching';

/** What a key does; return `false` to leave the press to the browser. */
export type KeyBindings = Record<string, (event: KeyboardEvent) => void | false>;

/**
 * Single keys of one region. They answer only while focus is inside it, never in text fields, never while an input
 * method composes, and never in place of what the focused control does with the key itself.
 */
export function useShortcuts(
  region: RefObject<HTMLElement | null>,
  bindings: KeyBindings,
  enabled = true,
): void {
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    const element = region.current;
    if (!element || !enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const name = keyName(event);
      const target = event.target;
      if (name === null || event.defaultPrevented || !(target instanceof HTMLElement)) return;
      const described = {
        tagName: target.tagName,
        type: target.getAttribute('type') ?? undefined,
        isContentEditable: target.isContentEditable,
        role: target.getAttribute('role'),
      };
      if (isTextEntry(described) || ownsKey(described, name)) return;
      const act = latest.current[name];
      if (act && act(event) !== false) event.preventDefault();
    };
    element.addEventListener('keydown', onKeyDown);
    return () => element.removeEventListener('keydown', onKeyDown);
  }, [region, enabled]);
}

/** Puts focus on a region when its screen opens, so that its keys answer at once. */
export function useRegionFocus(region: RefObject<HTMLElement | null>, when: unknown = true): void {
  useEffect(() => {
    const element = region.current;
    if (element && when && !element.contains(document.activeElement)) element.focus({ preventScroll: true });
  }, [region, when]);
}
