import { useText } from './messages';

/** Joins sentences as the language does: with a space in English, without one in Chinese. Empty parts fall away. */
export function useSentences(): (...parts: (string | null)[]) => string {
  const t = useText();
  return (...parts) =>
    parts
      .filter((part): part is string => part !== null && part !== '')
      .reduce((first, second) => t('sentences', { first, second }));
}
