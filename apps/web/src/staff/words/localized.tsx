import type { LocalizedText } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { localized } from '../../intl/locale';

/** What people wrote, in the reader's language where it exists, with the `lang` it is really in. */
export function Localized({ text, className }: { text: LocalizedText; className?: string }) {
  const { locale } = useLocale();
  const { text: words, lang } = localized(text, locale);
  return (
    <span lang={lang} className={className}>
      {words}
    </span>
  );
}

/** The same as a plain string, for titles and names of controls. */
export function useLocalized(): (text: LocalizedText) => string {
  const { locale } = useLocale();
  return (text) => localized(text, locale).text;
}
