import type { CandidateAnswer } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { duration } from '../moments';

/** How much of a recording was lost for good, for the person whose answer it is; nothing of a whole one. */
export function MissingSeconds({ seconds }: { seconds: number | null }) {
  const t = useText();
  const { locale } = useLocale();
  if (seconds === null) return null;
  // Less than a second, or a gap nobody can measure: something is missing all the same.
  const length = seconds < 1 ? null : duration(seconds, locale);
  return <p>{length ? t('missing.length', { length }) : t('missing.some')}</p>;
}

export const missingOf = (
  takes: CandidateAnswer['takes'] | undefined,
  takeId: string | undefined,
): number | null => takes?.find((take) => take.takeId === takeId)?.missingSeconds ?? null;
