import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { duration, time } from '../moments';
import { LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import type { Take } from './phase';
import css from './question.module.css';

/** The way back to what was recorded before: any of it can still become the answer. */
export function OtherRecordings({ takes, onLook }: { takes: readonly Take[]; onLook: (take: Take) => void }) {
  const t = useText();
  const { locale } = useLocale();
  if (takes.length === 0) return null;
  return (
    <nav className={classNames(ui.links, css.links)} aria-label={t('earlier.title')}>
      {takes.map((take) => {
        const { takeId, startedAt, recordedMs } = take.getSnapshot();
        const length = duration(recordedMs / 1000, locale);
        return (
          <LinkButton key={takeId} onPress={() => onLook(take)}>
            {t('earlier.look', { time: time(startedAt, locale), length })}
          </LinkButton>
        );
      })}
    </nav>
  );
}
