/**
 * The text a reader should see: their locale, else the same language in another region, else the first of the
 * fallbacks that exists, else whatever is there.
 */
export function textFor(
  texts: Record<string, string>,
  locale: string,
  fallbacks: readonly string[] = ['en'],
): string {
  const language = locale.split('-')[0];
  const sameLanguage = Object.keys(texts).find((tag) => tag.split('-')[0] === language);
  for (const tag of [locale, sameLanguage, ...fallbacks]) {
    const text = tag === undefined ? undefined : texts[tag];
    if (text !== undefined) return text;
  }
  return Object.values(texts)[0] ?? '';
}
