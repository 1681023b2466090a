import { useLocale } from '../../intl/locale-provider';
import type { Trouble } from '../arrival';
import { useText } from '../messages';
import { dayAndTime } from '../moments';
import { useSentences } from '../sentences';
import { problemWords } from './problem-words';

/**
 * What to do about a problem; with the date when a genuine invitation ended, and with what support needs to find a
 * fault of ours in the logs.
 */
export function useTroubleBody({ code, expiredAt, requestId }: Trouble): string {
  const t = useText();
  const { locale } = useLocale();
  const sentences = useSentences();
  const words = problemWords(code);
  const isOurs = words.title === 'problem.internal.title';
  return sentences(
    expiredAt ? t('problem.expiredAt', { moment: dayAndTime(expiredAt, locale) }) : null,
    t(words.body),
    isOurs && requestId ? t('problem.request', { requestId }) : null,
  );
}
