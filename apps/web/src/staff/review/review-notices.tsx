import type { ReviewBatch } from '@fairtake/contracts';
import { Button } from '@mantine/core';
import { Notice } from '../ui/notice';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import classes from './review-notices.module.css';
import type { ReviewDraft } from './use-review-draft';

/** What keeps this review from being saved, and the way out. */
export function ReviewNotices({ batch, review }: { batch: ReviewBatch; review: ReviewDraft }) {
  const t = useText();
  if (review.conflict)
    return (
      <div className={classes.notice}>
        <Notice tone="warn" role="alert">
          <p>{t('rubric.conflict')}</p>
          <p className={classes.choices}>
            <Button size="compact-sm" onClick={() => void review.settle('theirs')}>
              {t('rubric.takeTheirs')}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => void review.settle('mine')}>
              {t('rubric.keepMine')}
            </Button>
          </p>
        </Notice>
      </div>
    );
  if (review.status.kind === 'refused')
    return (
      <div className={classes.notice}>
        <ProblemNotice error={review.status.error} />
      </div>
    );
  if (batch.closed && !review.submitted)
    return (
      <div className={classes.notice}>
        <Notice tone="info">{t('rubric.roundClosed')}</Notice>
      </div>
    );
  return null;
}
