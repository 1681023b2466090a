import { StatusDot } from '../chrome/status-dot';
import { Connection } from '../chrome/connection';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import type { SaveStatus } from './serial-saver';

/** "Saved 14:02", "Saving", "Not saved yet": the dot of screens that save as one works. */
export function SaveDot({ status }: { status: SaveStatus }) {
  const t = useText();
  const time = useTimeWords();
  if (status.kind === 'saved')
    return status.at === null ? (
      <Connection />
    ) : (
      <StatusDot tone="good">{t('save.saved', { at: time.timeOfDay(status.at) })}</StatusDot>
    );
  if (status.kind === 'waiting') return <StatusDot tone="warn">{t('save.waiting')}</StatusDot>;
  if (status.kind === 'refused') return <StatusDot tone="warn">{t('save.refused')}</StatusDot>;
  return <StatusDot tone="busy">{t('save.saving')}</StatusDot>;
}
