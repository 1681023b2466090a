import type { BoardRow } from '@fairtake/contracts';
import { IconMessageQuestion } from '@tabler/icons-react';
import { useText } from '../words/use-text';
import classes from './person.module.css';

/** Somebody waits for an answer: opens the person's panel. */
export function RequestBadge({ row, onOpen }: { row: BoardRow; onOpen: (row: BoardRow) => void }) {
  const t = useText();
  if (row.openRequests === 0) return null;
  return (
    <button type="button" className={classes.badge} onClick={() => onOpen(row)}>
      <IconMessageQuestion size={14} stroke={1.5} aria-hidden />
      {t('person.requests', { count: row.openRequests })}
    </button>
  );
}
