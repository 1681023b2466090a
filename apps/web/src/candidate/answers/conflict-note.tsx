import type { ResponseView } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { time } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import css from './answers.module.css';

/** Two devices wrote at once: neither is thrown away before the person has chosen. */
export function ConflictNote(props: { theirs: ResponseView; onSettle: (whose: 'mine' | 'theirs') => void }) {
  const { theirs, onSettle } = props;
  const t = useText();
  const { locale } = useLocale();
  const { content, savedAt } = theirs;
  return (
    <Callout
      tone="warn"
      icon="warning"
      role="alert"
      title={t('response.conflict', { time: savedAt ? time(savedAt, locale) : '' })}
      actions={
        <>
          <Button compact primary onPress={() => onSettle('mine')}>
            {t('response.conflict.mine')}
          </Button>
          <Button compact onPress={() => onSettle('theirs')}>
            {t('response.conflict.theirs')}
          </Button>
        </>
      }
    >
      {content?.kind === 'text' ? (
        <span
          className={css.theirs}
          dir="auto"
          tabIndex={0}
          role="group"
          aria-label={t('response.conflict.label')}
        >
          {content.text}
        </span>
      ) : (
        t('response.conflict.body')
      )}
    </Callout>
  );
}
