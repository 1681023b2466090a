import type { BoardRow } from '@fairtake/contracts';
import type { RefObject } from 'react';
import type { Shortcut } from '../chrome/shortcut-sheet';
import type { StaffText } from '../words/use-text';
import type { RowActions } from './use-board';

type BoardShortcutOptions = {
  region: RefObject<HTMLElement | null>;
  rows: readonly BoardRow[];
  actions: RowActions;
  t: StaffText;
  compare: () => void;
  invite: () => void;
};

/** Keys of board and table: they act on the card or row that holds focus. */
export function boardShortcuts(options: BoardShortcutOptions): Shortcut[] {
  const { region, rows, actions, t } = options;
  const cards = () => [...(region.current?.querySelectorAll<HTMLElement>('[data-interview]') ?? [])];
  const focused = () => cards().find((card) => card.contains(document.activeElement));
  const move = (by: 1 | -1) => {
    const all = cards();
    const now = focused();
    const at = now ? all.indexOf(now) + by : 0;
    all[Math.min(Math.max(at, 0), all.length - 1)]?.focus();
  };
  const onFocused = (act: (row: BoardRow) => void) => (): void | false => {
    const id = focused()?.dataset.interview;
    const row = rows.find((each) => each.interviewId === id);
    if (!row) return false;
    act(row);
  };
  return [
    { keys: ['j', 'ArrowDown'], shown: ['J', '↓'], words: t('keys.next'), act: () => move(1) },
    { keys: ['k', 'ArrowUp'], shown: ['K', '↑'], words: t('keys.previous'), act: () => move(-1) },
    { keys: ['x'], shown: ['X'], words: t('keys.select'), act: onFocused(actions.toggleSelected) },
    { keys: ['s'], shown: ['S'], words: t('keys.shortlist'), act: onFocused(actions.toggleShortlist) },
    {
      keys: ['m'],
      shown: ['M'],
      words: t('keys.rowMenu'),
      act: () => focused()?.querySelector<HTMLElement>('[data-row-menu]')?.click(),
    },
    { keys: ['c'], shown: ['C'], words: t('keys.compare'), act: options.compare },
    { keys: ['i'], shown: ['I'], words: t('board.invite'), act: options.invite },
  ];
}
