import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { RawIntlProvider, createIntl, createIntlCache, type IntlShape } from 'react-intl';
import { initialLocale, rememberLocale, type SupportedLocale } from './locale';

export type Messages = Record<string, string>;
/** Fetches one language's catalogue; only the language in use is ever loaded. */
export type LoadMessages = (locale: SupportedLocale) => Promise<Messages>;

type LocaleChoice = {
  locale: SupportedLocale;
  /** Loads the language, switches to it and remembers the choice. */
  setLocale: (locale: SupportedLocale) => void;
};

const LocaleContext = createContext<LocaleChoice | null>(null);
const cache = createIntlCache();

/**
 * Loads the catalogue of the page's language before the first paint of words. Call it in the entry, in parallel
 * with other first loads.
 */
export async function loadIntl(load: LoadMessages, locale = initialLocale()): Promise<IntlShape> {
  return createIntl({ locale, messages: await load(locale) }, cache);
}

/** Gives the tree react-intl and the language switch; keeps `<html lang>` true. */
export function LocaleProvider(props: { initial: IntlShape; load: LoadMessages; children: ReactNode }) {
  const { initial, load, children } = props;
  const [intl, setIntl] = useState(initial);
  const locale = intl.locale as SupportedLocale;

  const setLocale = useCallback(
    (next: SupportedLocale) => {
      rememberLocale(next);
      // When the catalogue cannot be fetched (offline) the page stays in the language it has.
      void loadIntl(load, next).then(setIntl, () => undefined);
    },
    [load],
  );

  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);

  const choice = useMemo(() => ({ locale, setLocale }), [locale, setLocale]);
  return (
    <LocaleContext value={choice}>
      <RawIntlProvider value={intl}>{children}</RawIntlProvider>
    </LocaleContext>
  );
}

export function useLocale(): LocaleChoice {
  const choice = useContext(LocaleContext);
  if (!choice) throw new Error('useLocale outside LocaleProvider');
  return choice;
}
