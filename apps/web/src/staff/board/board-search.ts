import { BoardState } from '@fairtake/contracts';

export type BoardSearch = {
  /** Without a choice: the board on wide screens, the table on phones. */
  view?: 'board' | 'table';
  /** Only people in this state (table). */
  state?: BoardState;
};

/** What a board link may carry; anything else in the address is dropped. */
export function boardSearch(search: Record<string, unknown>): BoardSearch {
  const state = BoardState.safeParse(search.state);
  const view = search.view;
  return {
    ...(view === 'board' || view === 'table' ? { view } : {}),
    ...(state.success ? { state: state.data } : {}),
  };
}
