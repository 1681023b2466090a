import type { BoardRow } from '@fairtake/contracts';
import { RequestBadge } from '../person/request-badge';
import { useText } from '../words/use-text';
import classes from './board-card.module.css';
import { RowFacts, RowTiming } from './row-facts';
import { RowMenu } from './row-menu';
import type { RowActions } from './use-board';

type BoardCardProps = { row: BoardRow; now: number; selected: boolean; actions: RowActions };

/** One candidate on the board. */
export function BoardCard({ row, now, selected, actions }: BoardCardProps) {
  const t = useText();
  return (
    <li
      className={classes.card}
      data-selected={selected || undefined}
      data-interview={row.interviewId}
      tabIndex={-1}
    >
      <span className={classes.name}>{row.name}</span>
      <RowTiming row={row} now={now} />
      <RequestBadge row={row} onOpen={actions.openPerson} />
      <RowFacts row={row} />
      <input
        type="checkbox"
        className={classes.check}
        aria-label={t('board.select', { name: row.name })}
        checked={selected}
        onChange={() => actions.toggleSelected(row)}
      />
      <span className={classes.menu}>
        <RowMenu row={row} actions={actions} />
      </span>
    </li>
  );
}
