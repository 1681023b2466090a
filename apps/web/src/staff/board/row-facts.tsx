import type { BoardRow } from '@fairtake/contracts';
import {
  IconAlertTriangle,
  IconClock,
  IconMail,
  IconMailOpened,
  IconStar,
  IconUsers,
  IconVideo,
} from '@tabler/icons-react';
import { useIntl } from 'react-intl';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import { timing } from './board-columns';
import classes from './row-facts.module.css';

/** One line of time: late in words with a clock, else how long ago. */
export function RowTiming({ row, now }: { row: BoardRow; now: number }) {
  const t = useText();
  const time = useTimeWords();
  if (row.invitationRevoked && (row.state === 'invited' || row.state === 'started'))
    return <span className={classes.timing}>{t('board.linkRevoked')}</span>;
  const line = timing(row, now);
  if ('at' in line)
    return (
      <span className={classes.timing}>{t(`board.time.${line.kind}`, { ago: time.ago(line.at, now) })}</span>
    );
  if (line.kind !== 'dueIn')
    return (
      <span className={classes.timing} data-late>
        <IconClock size={14} stroke={1.5} aria-hidden />
        {t(`board.time.${line.kind}`, { span: time.span(line.seconds) })}
      </span>
    );
  return <span className={classes.timing}>{t('board.time.dueIn', { span: time.span(line.seconds) })}</span>;
}

/** Answers and reviewers in numbers; the score only once every review is in. */
export function RowFacts({ row }: { row: BoardRow }) {
  const t = useText();
  const intl = useIntl();
  if (row.state === 'invited')
    return (
      <span className={classes.facts}>
        <span>
          {row.opened ? (
            <IconMailOpened size={14} stroke={1.5} aria-hidden />
          ) : (
            <IconMail size={14} stroke={1.5} aria-hidden />
          )}
          {t(row.opened ? 'board.opened' : 'board.notOpened')}
        </span>
      </span>
    );
  return (
    <span className={classes.facts}>
      <span title={t('board.answersOf', { kept: row.answersKept, total: row.answersTotal })}>
        <IconVideo size={14} stroke={1.5} aria-label={t('board.answers')} />
        {row.answersKept}/{row.answersTotal}
      </span>
      {row.reviewsExpected > 0 && (
        <span title={t('board.reviewsOf', { done: row.reviewsSubmitted, total: row.reviewsExpected })}>
          <IconUsers size={14} stroke={1.5} aria-label={t('board.reviews')} />
          {row.reviewsSubmitted}/{row.reviewsExpected}
        </span>
      )}
      {row.mediaFailures > 0 && (
        <span className={classes.failure} title={t('board.mediaFailures', { count: row.mediaFailures })}>
          <IconAlertTriangle
            size={14}
            stroke={1.5}
            aria-label={t('board.mediaFailures', { count: row.mediaFailures })}
          />
        </span>
      )}
      {row.shortlisted && row.state !== 'shortlist' && (
        <IconStar size={14} stroke={1.5} aria-label={t('board.state.shortlist')} />
      )}
      {row.score !== null && (
        <b className={classes.score} aria-label={t('board.scoreOf', { score: intl.formatNumber(row.score) })}>
          {intl.formatNumber(row.score, { minimumFractionDigits: 1, maximumFractionDigits: 1 })}
        </b>
      )}
    </span>
  );
}
