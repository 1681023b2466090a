import type { BatchSummary } from '@fairtake/contracts';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import card from '../ui/card.module.css';
import { Localized } from '../words/localized';
import { useText } from '../words/use-text';
import { DueWords } from './due-words';
import { ProgressBar } from './progress-bar';
import classes from './queue-page.module.css';

/** The batch to go on with. */
export function QueueHero({ batch }: { batch: BatchSummary }) {
  const t = useText();
  const minutes = Math.max(1, Math.ceil(batch.secondsLeft / 60));
  return (
    <section className={`${card.card} ${classes.hero}`}>
      <div className={classes.heroMain}>
        <p className={`${card.muted} ${card.small}`}>{t('review.upNext')}</p>
        <h2>
          <Localized text={batch.title} />{' '}
          <span>{t('review.questionOf', { number: batch.questionNumber, count: batch.questionCount })}</span>
        </h2>
        <p className={classes.question}>
          <Localized text={batch.text} />
        </p>
        <ProgressBar done={batch.submitted} total={batch.total} tall />
        <p className={classes.meta}>
          <b>{t('review.clipsLeft', { count: batch.total - batch.submitted })}</b>
          <span>{t('review.aboutMinutes', { count: minutes })}</span>
          <DueWords dueAt={batch.dueAt} />
        </p>
      </div>
      <dl className={classes.heroSide}>
        <div>
          <dt>{t('review.view')}</dt>
          <dd>
            {batch.blind ? (
              <IconEyeOff size={16} stroke={1.5} aria-hidden />
            ) : (
              <IconEye size={16} stroke={1.5} aria-hidden />
            )}
            {t(batch.blind ? 'review.blindView' : 'review.namedView')}
          </dd>
        </div>
        {batch.waiting > 0 && (
          <div>
            <dt>{t('review.preparing')}</dt>
            <dd>{t('review.clips', { count: batch.waiting })}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
