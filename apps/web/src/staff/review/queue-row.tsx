import type { BatchSummary } from '@fairtake/contracts';
import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Localized } from '../words/localized';
import { useText } from '../words/use-text';
import { DueWords } from './due-words';
import { ProgressBar } from './progress-bar';
import classes from './queue-page.module.css';

/** A batch with clips left. */
export function BatchRow({ batch }: { batch: BatchSummary }) {
  const t = useText();
  return (
    <li>
      <BatchLink batch={batch} className={classes.row}>
        <BatchWords batch={batch} />
        <span className={classes.bar}>
          <ProgressBar done={batch.submitted} total={batch.total} />
        </span>
        <span className={classes.left}>
          <b>{t('review.countLeft', { count: batch.total - batch.submitted })}</b>
        </span>
        <span className={classes.minutes}>
          {t('review.minutes', { count: Math.max(1, Math.ceil(batch.secondsLeft / 60)) })}
        </span>
        <span className={classes.due}>
          <DueWords dueAt={batch.dueAt} />
        </span>
        <IconChevronRight size={16} stroke={1.5} aria-hidden />
      </BatchLink>
    </li>
  );
}

/** A batch that is done; still open to look at. */
export function FinishedRow({ batch }: { batch: BatchSummary }) {
  return (
    <li>
      <BatchLink batch={batch} className={`${classes.row} ${classes.done}`}>
        <BatchWords batch={batch} finished />
        <IconChevronRight size={16} stroke={1.5} aria-hidden />
      </BatchLink>
    </li>
  );
}

function BatchWords({ batch, finished = false }: { batch: BatchSummary; finished?: boolean }) {
  const t = useText();
  return (
    <>
      <span className={classes.number}>{t('setup.questionShort', { number: batch.questionNumber })}</span>
      <span className={classes.words}>
        <b>
          <Localized text={batch.title} />
        </b>
        {finished ? (
          <span>{t('review.doneOf', { done: batch.submitted, total: batch.total })}</span>
        ) : (
          <Localized text={batch.text} />
        )}
      </span>
    </>
  );
}

function BatchLink(props: { batch: BatchSummary; className: string | undefined; children: React.ReactNode }) {
  return (
    <Link
      to="/review/$roundId/$questionId"
      params={{ roundId: props.batch.roundId, questionId: props.batch.questionId }}
      className={props.className}
      data-batch
    >
      {props.children}
    </Link>
  );
}
