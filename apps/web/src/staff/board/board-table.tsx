import type { BoardRow, BoardState } from '@fairtake/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useIntl } from 'react-intl';
import { RequestBadge } from '../person/request-badge';
import card from '../ui/card.module.css';
import { useText } from '../words/use-text';
import { columns } from './board-columns';
import classes from './board-table.module.css';
import { RowFacts, RowTiming } from './row-facts';
import { RowMenu } from './row-menu';
import type { RowActions } from './use-board';

type BoardTableProps = {
  rows: readonly BoardRow[];
  selected: readonly string[];
  actions: RowActions;
  only: BoardState | undefined;
};

/** The same people as a table, one state at a time or all; the default on phones, where rows stack. */
export function BoardTable({ rows, selected, actions, only }: BoardTableProps) {
  const t = useText();
  const now = Date.now();
  const groups = columns(rows, now);
  const shown = groups.filter((group) => !only || group.state === only).flatMap((group) => group.rows);
  return (
    <div className={classes.wrap}>
      <StateTabs groups={groups} total={rows.length} only={only} />
      <div className={`${card.card} ${classes.box}`}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">
                <span className={card.hidden}>{t('board.selectColumn')}</span>
              </th>
              <th scope="col">{t('members.name')}</th>
              <th scope="col">{t('board.stateColumn')}</th>
              <th scope="col">{t('board.progressColumn')}</th>
              <th scope="col">{t('board.scoreColumn')}</th>
              <th scope="col">
                <span className={card.hidden}>{t('action.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <TableRow
                key={row.interviewId}
                row={row}
                now={now}
                selected={selected.includes(row.interviewId)}
                actions={actions}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

type StateTabsProps = Pick<BoardTableProps, 'only'> & { groups: ReturnType<typeof columns>; total: number };

function StateTabs({ groups, total, only }: StateTabsProps) {
  const t = useText();
  const navigate = useNavigate({ from: '/positions/$positionId/board' });
  const choose = (state: BoardState | undefined) =>
    void navigate({ search: (old) => ({ ...old, state }), replace: true });
  return (
    <div className={classes.tabs} role="group" aria-label={t('board.stateColumn')}>
      <button type="button" aria-pressed={!only} onClick={() => choose(undefined)}>
        {t('board.everyone')} {total}
      </button>
      {groups.map(({ state, rows }) => (
        <button key={state} type="button" aria-pressed={state === only} onClick={() => choose(state)}>
          {t(`board.state.${state}`)} {rows.length}
        </button>
      ))}
    </div>
  );
}

type TableRowProps = { row: BoardRow; now: number; selected: boolean; actions: RowActions };

function TableRow({ row, now, selected, actions }: TableRowProps) {
  const t = useText();
  const intl = useIntl();
  return (
    <tr data-interview={row.interviewId} data-selected={selected || undefined} tabIndex={-1}>
      <td>
        <input
          type="checkbox"
          aria-label={t('board.select', { name: row.name })}
          checked={selected}
          onChange={() => actions.toggleSelected(row)}
        />
      </td>
      <th scope="row">
        {row.name}
        <RowTiming row={row} now={now} />
        <RequestBadge row={row} onOpen={actions.openPerson} />
      </th>
      <td className={classes.state}>{t(`board.state.${row.state}`)}</td>
      <td className={classes.facts}>
        <RowFacts row={{ ...row, score: null }} />
      </td>
      <td className={classes.score}>
        {row.score !== null &&
          intl.formatNumber(row.score, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}
      </td>
      <td className={classes.menu}>
        <RowMenu row={row} actions={actions} />
      </td>
    </tr>
  );
}
