import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconLayoutColumns, IconTable, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { NoAccess } from '../chrome/no-access';
import { Page } from '../chrome/page';
import { PositionTabs } from '../chrome/position-tabs';
import { RefusedPage } from '../chrome/refused-page';
import { PersonDialog } from '../person/person-dialog';
import { positionQuery } from '../positions/position-queries';
import { isRefusal } from '../saving/serial-saver';
import { useSession } from '../session/session-query';
import card from '../ui/card.module.css';
import { Empty } from '../ui/empty';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { Segmented } from '../ui/segmented';
import { useLocalized } from '../words/localized';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import classes from './board-page.module.css';
import { BoardColumns } from './board-columns-view';
import { BoardTable } from './board-table';
import { boardShortcuts } from './board-shortcuts';
import { InvitationLinkDialog } from './invitation-link-dialog';
import { InviteDialog } from './invite-dialog';
import { ReissueDialog } from './reissue-dialog';
import { SelectionBar } from './selection-bar';
import { useBoard } from './use-board';
import { useKeptFocus } from './use-kept-focus';

/** Where every candidate of a position stands. */
export function BoardPage() {
  return useSession().role === 'reviewer' ? <NoAccess /> : <BoardScreen />;
}

function BoardScreen() {
  const t = useText();
  const words = useLocalized();
  const time = useTimeWords();
  const { positionId } = useParams({ from: '/frame/positions/$positionId/board' });
  const search = useSearch({ from: '/frame/positions/$positionId/board' });
  const navigate = useNavigate({ from: '/positions/$positionId/board' });
  const position = useQuery(positionQuery(positionId));
  const state = useBoard(positionId);
  const { board, rows, selected, actions } = state;
  const [inviting, setInviting] = useState(false);
  const region = useRef<HTMLElement>(null);
  useKeptFocus(region, rows);
  const narrow = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false });
  const view = search.view ?? (narrow ? 'table' : 'board');

  const compare = () => {
    if (selected.length >= 2)
      void navigate({ to: '/positions/$positionId/compare', search: { interviews: selected.join(',') } });
  };
  const refusal = [position.error, board.error].find(isRefusal);
  if (refusal) return <RefusedPage title={t('position.board')} error={refusal} />;
  const stale = board.isError && board.data !== undefined;
  const open = position.data?.state === 'open';
  return (
    <Page
      title={position.data ? words(position.data.title) : t('position.board')}
      tabs={<PositionTabs positionId={positionId} />}
      region={region}
      action={
        <Button
          variant="filled"
          leftSection={<IconUserPlus size={16} stroke={1.5} />}
          disabled={!open}
          title={open ? undefined : t('board.inviteClosed')}
          onClick={() => setInviting(true)}
        >
          {t('board.invite')}
        </Button>
      }
      shortcuts={boardShortcuts({
        region,
        rows,
        actions,
        t,
        compare,
        invite: () => open && setInviting(true),
      })}
    >
      <div className={classes.tools}>
        <Segmented
          name={t('board.view')}
          value={view}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, view: next }), replace: true })}
          choices={[
            {
              value: 'board',
              words: (
                <>
                  <IconLayoutColumns size={16} stroke={1.5} aria-hidden />
                  {t('board.asBoard')}
                </>
              ),
            },
            {
              value: 'table',
              words: (
                <>
                  <IconTable size={16} stroke={1.5} aria-hidden />
                  {t('board.asTable')}
                </>
              ),
            },
          ]}
        />
        {board.data && <span className={classes.total}>{t('board.people', { count: rows.length })}</span>}
      </div>
      <div className={classes.notices}>
        <ProblemNotice error={state.fault} />
        {stale && (
          <p className={card.late} role="status">
            {t('board.stale', { at: time.timeOfDay(board.dataUpdatedAt) })}
          </p>
        )}
        {!board.data && <ProblemNotice error={board.error} onRetry={() => void board.refetch()} />}
      </div>
      <p className={card.hidden} role="status">
        {state.said}
      </p>
      {board.isLoading && <Loading />}
      {board.data && rows.length === 0 && (
        <Empty title={t('board.empty')}>
          <p>{t(open ? 'board.emptyOpen' : 'board.emptyDraft')}</p>
        </Empty>
      )}
      {rows.length > 0 &&
        (view === 'board' ? (
          <BoardColumns rows={rows} selected={selected} actions={actions} />
        ) : (
          <BoardTable rows={rows} selected={selected} actions={actions} only={search.state} />
        ))}
      <SelectionBar count={selected.length} onCompare={compare} onClear={state.clearSelection} />
      {position.data && (
        <InviteDialog
          open={inviting}
          position={position.data}
          onClose={() => setInviting(false)}
          onInvited={(name, link) => state.setLink({ name, link, replaced: false })}
        />
      )}
      <ReissueDialog row={state.replacing} onConfirm={state.replaceLink} onClose={state.keepLink} />
      <PersonDialog row={state.person} onClose={state.closePerson} />
      <InvitationLinkDialog issued={state.link} onClose={() => state.setLink(null)} />
    </Page>
  );
}
