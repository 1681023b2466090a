import type { PositionState, PositionSummary } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { NoAccess } from '../chrome/no-access';
import { Page } from '../chrome/page';
import { useSession } from '../session/session-query';
import card from '../ui/card.module.css';
import { Empty } from '../ui/empty';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { Tag } from '../ui/tag';
import { Localized } from '../words/localized';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import { NewPositionDialog } from './new-position-dialog';
import { positionsQuery } from './position-queries';
import classes from './positions-page.module.css';

/** Every position of the organisation with its funnel in three numbers. */
export function PositionsPage() {
  return useSession().role === 'reviewer' ? <NoAccess /> : <Positions />;
}

function Positions() {
  const t = useText();
  const [creating, setCreating] = useState(false);
  const positions = useInfiniteQuery(positionsQuery);
  const rows = positions.data?.pages.flatMap((page) => page.data) ?? [];
  const create = (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.75} />}
      aria-keyshortcuts="n"
      onClick={() => setCreating(true)}
    >
      {t('positions.create')}
    </Button>
  );
  return (
    <Page
      title={t('positions.title')}
      action={create}
      className={classes.page}
      shortcuts={[{ keys: ['n'], shown: ['N'], words: t('positions.create'), act: () => setCreating(true) }]}
    >
      <ProblemNotice error={positions.error} onRetry={() => void positions.refetch()} />
      {positions.isLoading && <Loading />}
      {positions.data && rows.length === 0 && (
        <Empty title={t('positions.empty')}>
          <p>{t('positions.emptyHint')}</p>
        </Empty>
      )}
      {rows.length > 0 && (
        <ul className={`${card.card} ${classes.list}`}>
          {rows.map((position) => (
            <PositionRow key={position.positionId} position={position} />
          ))}
        </ul>
      )}
      {positions.hasNextPage && (
        <Button variant="subtle" onClick={() => void positions.fetchNextPage()}>
          {t('action.more')}
        </Button>
      )}
      <NewPositionDialog open={creating} onClose={() => setCreating(false)} />
    </Page>
  );
}

const tones: Record<PositionState, 'plain' | 'good' | 'accent'> = {
  draft: 'plain',
  open: 'good',
  closed: 'accent',
};

function PositionRow({ position }: { position: PositionSummary }) {
  const t = useText();
  const time = useTimeWords();
  const { invited, started, submitted } = position.interviews;
  return (
    <li>
      <Link
        to={position.state === 'draft' ? '/positions/$positionId/setup' : '/positions/$positionId/board'}
        params={{ positionId: position.positionId }}
        className={classes.row}
      >
        <span className={classes.name}>
          <b>
            <Localized text={position.title} />
          </b>
          <span>
            {t('positions.questions', { count: position.questions })}
            {position.deadlineAt &&
              ` · ${t('positions.deadline', { at: time.dateTime(position.deadlineAt) })}`}
          </span>
        </span>
        <Tag tone={tones[position.state]}>{t(`positions.state.${position.state}`)}</Tag>
        <span className={classes.count}>
          <b>{invited}</b> {t('positions.invited')}
        </span>
        <span className={classes.count}>
          <b>{started}</b> {t('positions.started')}
        </span>
        <span className={classes.count}>
          <b>{submitted}</b> {t('positions.submitted')}
        </span>
      </Link>
    </li>
  );
}
