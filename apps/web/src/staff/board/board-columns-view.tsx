import type { BoardRow } from '@fairtake/contracts';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import { BoardCard } from './board-card';
import { columns, movedByHand, selfMoving, type Column } from './board-columns';
import classes from './board-columns.module.css';
import type { RowActions } from './use-board';

type BoardColumnsProps = { rows: readonly BoardRow[]; selected: readonly string[]; actions: RowActions };

/** One column per state: those that move by themselves, then those moved by people. */
export function BoardColumns({ rows, selected, actions }: BoardColumnsProps) {
  const t = useText();
  const now = Date.now();
  const all = columns(rows, now);
  return (
    <div className={classes.scroll}>
      <div
        className={classes.board}
        style={{ gridTemplateColumns: `repeat(${all.length}, minmax(172px, 1fr))` }}
      >
        <p className={classes.group} style={{ gridColumn: `1 / ${selfMoving.length + 1}` }}>
          {t('board.selfMoving')}
        </p>
        <p
          className={classes.group}
          style={{ gridColumn: `${selfMoving.length + 1} / ${selfMoving.length + movedByHand.length + 1}` }}
        >
          {t('board.movedByHand')}
        </p>
        {all.map((column, index) => (
          <BoardColumn
            key={column.state}
            column={column}
            place={index + 1}
            now={now}
            selected={selected}
            actions={actions}
          />
        ))}
      </div>
    </div>
  );
}

type BoardColumnProps = Omit<BoardColumnsProps, 'rows'> & { column: Column; place: number; now: number };

function BoardColumn({ column, place, now, selected, actions }: BoardColumnProps) {
  const t = useText();
  const time = useTimeWords();
  const titleId = `column-${column.state}`;
  return (
    <section className={classes.column} style={{ gridColumn: place }} aria-labelledby={titleId}>
      <header>
        <h2 id={titleId}>{t(`board.state.${column.state}`)}</h2>
        <span>{column.rows.length}</span>
        {column.medianSeconds !== null && (
          <span className={classes.age} title={t('board.medianAge')}>
            {time.span(column.medianSeconds, 'narrow')}
          </span>
        )}
      </header>
      <ul>
        {column.rows.map((row) => (
          <BoardCard
            key={row.interviewId}
            row={row}
            now={now}
            selected={selected.includes(row.interviewId)}
            actions={actions}
          />
        ))}
      </ul>
    </section>
  );
}
