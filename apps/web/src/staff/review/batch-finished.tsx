import type { ReviewBatch } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../chrome/page';
import { Empty } from '../ui/empty';
import { useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import classes from './batch-finished.module.css';
import { isSubmitted } from './clip-order';

/** The batch is done: how much, and the reviewer's own spread of levels. */
export function BatchFinished({ batch, onLookBack }: { batch: ReviewBatch; onLookBack: () => void }) {
  const t = useText();
  const words = useLocalized();
  const done = batch.clips.filter(isSubmitted);
  const levels = done.flatMap((clip) => clip.review?.scores.map((score) => score.level) ?? []);
  const counts = [1, 2, 3, 4, 5].map((level) => levels.filter((each) => each === level).length);
  const most = Math.max(1, ...counts);
  return (
    <Page
      title={words(batch.text)}
      action={
        <Button variant="filled" renderRoot={(props) => <Link {...props} to="/review" />}>
          {t('review.toQueue')}
        </Button>
      }
    >
      <Empty title={t('review.done', { done: done.length, total: batch.clips.length })}>
        <p>{t(done.length === batch.clips.length ? 'review.doneWords' : 'review.emptyWaiting')}</p>
        <figure className={classes.spread}>
          <figcaption>{t('review.yourScores')}</figcaption>
          <ol>
            {counts.map((count, index) => (
              <li key={index}>
                <b>{count}</b>
                <i data-level={index + 1} style={{ blockSize: `${(count / most) * 72 + 2}px` }} />
                <span>{index + 1}</span>
              </li>
            ))}
          </ol>
        </figure>
        <Button onClick={onLookBack}>{t('review.lookBack')}</Button>
      </Empty>
    </Page>
  );
}
