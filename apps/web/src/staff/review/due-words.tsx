import { IconClock } from '@tabler/icons-react';
import card from '../ui/card.module.css';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';

const soonSeconds = 8 * 3600;

/** When a batch is due; within hours or late it is amber, with a clock and the span. */
export function DueWords({ dueAt }: { dueAt: string | null }) {
  const t = useText();
  const time = useTimeWords();
  if (!dueAt) return null;
  const seconds = (Date.parse(dueAt) - Date.now()) / 1000;
  if (seconds >= soonSeconds)
    return <span title={time.dateTime(dueAt)}>{t('review.dueAt', { at: time.nearby(dueAt) })}</span>;
  return (
    <span className={card.late}>
      <IconClock size={14} stroke={1.5} aria-hidden />
      {seconds < 0
        ? t('board.time.overdue', { span: time.span(seconds) })
        : t('board.time.dueIn', { span: time.span(seconds) })}
    </span>
  );
}
