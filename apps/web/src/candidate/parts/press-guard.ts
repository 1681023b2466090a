import { useEffect, useLayoutEffect, useRef, useState } from 'react';

/** The second half of a double tap comes within this time, and belongs to the button that was there before. */
export const settleMs = 500;

/** Both in milliseconds of the page's own clock, as events and `performance.now()` have them. */
export function isStrayPress(pressedAtMs: number, shownAtMs: number): boolean {
  return pressedAtMs - shownAtMs < settleMs;
}

export type PressGuard = {
  /** The buttons have just appeared and do not take presses yet. */
  settling: boolean;
  guard: (onPress: () => void) => (event: { timeStamp: number }) => void;
};

/**
 * Ignores presses right after the buttons became others. When the press happened counts, not when it is handled: a
 * busy page handles the second tap late.
 *
 * @param shown changes whenever other buttons, or the same ones for something else, are shown
 */
export function usePressGuard(shown: string): PressGuard {
  const shownAtMs = useRef(Infinity);
  const [settled, setSettled] = useState('');
  useLayoutEffect(() => {
    shownAtMs.current = performance.now();
  }, [shown]);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(shown), settleMs);
    return () => clearTimeout(timer);
  }, [shown]);
  return {
    settling: settled !== shown,
    guard: (onPress) => (event) => {
      if (!isStrayPress(event.timeStamp, shownAtMs.current)) onPress();
    },
  };
}
