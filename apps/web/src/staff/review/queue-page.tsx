import type { BatchSummary } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { Page } from '../chrome/page';
import { Kbd } from '../keys/kbd';
import card from '../ui/card.module.css';
import { Empty } from '../ui/empty';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { QueueHero } from './queue-hero';
import classes from './queue-page.module.css';
import { BatchRow, FinishedRow } from './queue-row';
import { queueQuery } from './review-queries';

/** Soonest due first, then as the server orders them. */
const byDue = (a: BatchSummary, b: BatchSummary): number =>
  (a.dueAt ? Date.parse(a.dueAt) : Infinity) - (b.dueAt ? Date.parse(b.dueAt) : Infinity);

const keyOf = (batch: BatchSummary): string => `${batch.roundId}/${batch.questionId}`;

/** What there is to review, next first. */
export function QueuePage() {
  const t = useText();
  const navigate = useNavigate();
  const region = useRef<HTMLElement>(null);
  const queue = useQuery(queueQuery);
  const batches = queue.data ?? [];
  const left = (batch: BatchSummary) => batch.total - batch.submitted;
  const open = batches.filter((batch) => left(batch) - batch.waiting > 0).sort(byDue);
  const waiting = batches.filter((batch) => left(batch) > 0 && left(batch) - batch.waiting <= 0);
  const finished = batches.filter((batch) => batch.total > 0 && left(batch) === 0);
  const [next, ...others] = open;
  const clipsLeft = open.reduce((sum, batch) => sum + left(batch), 0);

  const params = (batch: BatchSummary) => ({ roundId: batch.roundId, questionId: batch.questionId });
  const start = () => {
    if (next) void navigate({ to: '/review/$roundId/$questionId', params: params(next) });
  };
  const move = (by: 1 | -1) => {
    const rows = [...(region.current?.querySelectorAll<HTMLElement>('a[data-batch]') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.min(Math.max(at < 0 ? 0 : at + by, 0), rows.length - 1)]?.focus();
  };
  return (
    <Page
      title={t('review.title')}
      sub={open.length > 0 && t('review.left', { clips: clipsLeft, rounds: open.length })}
      region={region}
      className={classes.page}
      action={
        next && (
          <Button
            variant="filled"
            rightSection={<Kbd name="⏎" />}
            aria-keyshortcuts="Enter"
            renderRoot={(props) => (
              <Link {...props} to="/review/$roundId/$questionId" params={params(next)} />
            )}
          >
            {t('review.continue')}
          </Button>
        )
      }
      shortcuts={[
        { keys: ['j', 'ArrowDown'], shown: ['J', '↓'], words: t('keys.next'), act: () => move(1) },
        { keys: ['k', 'ArrowUp'], shown: ['K', '↑'], words: t('keys.previous'), act: () => move(-1) },
        { keys: ['Enter'], shown: ['⏎'], words: t('review.continue'), act: start },
      ]}
    >
      <div className={classes.column}>
        {!queue.data && <ProblemNotice error={queue.error} onRetry={() => void queue.refetch()} />}
        {queue.isLoading && <Loading />}
        {queue.data && open.length === 0 && (
          <Empty title={t('review.empty')}>
            <p>{t(waiting.length > 0 ? 'review.emptyWaiting' : 'review.emptyHint')}</p>
          </Empty>
        )}
        {next && <QueueHero batch={next} />}
        {others.length > 0 && (
          <QueueSection title={t('review.others')} count={others.length}>
            {others.map((batch) => (
              <BatchRow key={keyOf(batch)} batch={batch} />
            ))}
          </QueueSection>
        )}
        {waiting.length > 0 && (
          <QueueSection title={t('review.preparing')} count={waiting.length}>
            {waiting.map((batch) => (
              <BatchRow key={keyOf(batch)} batch={batch} />
            ))}
          </QueueSection>
        )}
        {finished.length > 0 && (
          <QueueSection title={t('review.finished')} count={finished.length}>
            {finished.map((batch) => (
              <FinishedRow key={keyOf(batch)} batch={batch} />
            ))}
          </QueueSection>
        )}
      </div>
    </Page>
  );
}

function QueueSection(props: { title: string; count: number; children: React.ReactNode }) {
  return (
    <section>
      <div className={card.section}>
        <h2>{props.title}</h2>
        <span>{props.count}</span>
      </div>
      <ul className={`${card.card} ${classes.list}`}>{props.children}</ul>
    </section>
  );
}
