import type { IntlShape } from 'react-intl';
import { supportedLocales } from '../../intl/locale';

/** A language in the reader's words; the region only where we tell two apart ("Chinese", but "Portuguese (Brazil)"). */
export function languageName(intl: IntlShape, tag: string): string {
  const ours = supportedLocales.some((locale) => locale === tag);
  const shown = ours ? (tag.split('-')[0] ?? tag) : tag;
  return intl.formatDisplayName(shown, { type: 'language' }) ?? tag;
}
