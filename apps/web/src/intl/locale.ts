/** Languages the product speaks; the first is the one used when nothing fits. */
export const supportedLocales = ['en', 'zh-CN'] as const;
export type SupportedLocale = (typeof supportedLocales)[number];

/** How each language names itself: a person who cannot read this page still finds theirs. */
export const localeNames: Record<SupportedLocale, string> = { en: 'English', 'zh-CN': '中文' };

const storageKey = 'fairtake.locale';

/**
 * Picks the language: a choice the person made wins, then the browser's wishes in order (exact tag, then same
 * language: `zh-SG` reads `zh-CN`), then English.
 */
export function chooseLocale(chosen: string | null, wishes: readonly string[]): SupportedLocale {
  for (const wish of chosen ? [chosen, ...wishes] : wishes) {
    const exact = supportedLocales.find((locale) => locale.toLowerCase() === wish.toLowerCase());
    if (exact) return exact;
    const language = wish.toLowerCase().split('-')[0];
    const related = supportedLocales.find((locale) => locale.split('-')[0] === language);
    if (related) return related;
  }
  return supportedLocales[0];
}

/** The language of this page at start. Reads localStorage, which may be forbidden. */
export function initialLocale(): SupportedLocale {
  return chooseLocale(readChoice(), navigator.languages);
}

/** Keeps an explicit choice for the next visit of this browser. */
export function rememberLocale(locale: SupportedLocale): void {
  try {
    localStorage.setItem(storageKey, locale);
  } catch {
    // Storage is forbidden: the choice lives as long as the page.
  }
}

/** True when the person chose a language in this browser, so nothing else may change it. */
export function hasChosenLocale(): boolean {
  return readChoice() !== null;
}

function readChoice(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/**
 * The text of a `LocalizedText` for a reader, with the language it is written in (for the `lang` attribute): the
 * reader's language, else the same language of another region, else English, else the first there is.
 */
export function localized(
  texts: Readonly<Record<string, string>>,
  locale: string,
): { text: string; lang: string } {
  const language = locale.split('-')[0];
  const tags = Object.keys(texts);
  const related = tags.find((tag) => tag.split('-')[0] === language);
  const lang = [locale, related, 'en', ...tags].find((tag) => tag !== undefined && texts[tag] !== undefined);
  return lang === undefined ? { text: '', lang: locale } : { text: texts[lang] ?? '', lang };
}
