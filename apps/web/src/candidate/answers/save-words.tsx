import { useText } from '../messages';
import { time } from '../moments';
import { Icon } from '../parts/icon';
import { useLocale } from '../../intl/locale-provider';
import css from './answers.module.css';
import type { Saving } from './response-draft';

/** Where the answer is. Read out when it changes for worse; typing on is not talked over. */
export function SaveWords({ saving, writing }: { saving: Saving; writing: boolean }) {
  const t = useText();
  const { locale } = useLocale();
  switch (saving.name) {
    case 'saved':
      return (
        <span className={css.saved}>
          <Icon name="check" />
          {t('response.saved', { time: time(saving.at, locale) })}
        </span>
      );
    case 'saving':
      return <span className={css.saved}>{t('response.saving')}</span>;
    case 'device':
      return (
        <span className={css.saved} role="status">
          <Icon name="saved" />
          {t('response.device')}
        </span>
      );
    case 'unsafe':
      return (
        <span className={css.saved} role="status">
          <Icon name="warning" />
          {t('response.unsafe')}
        </span>
      );
    default:
      return writing ? <span className={css.saved}>{t('response.untouched')}</span> : null;
  }
}
