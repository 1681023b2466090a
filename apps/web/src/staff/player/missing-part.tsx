import type { AnswerMedia } from '@fairtake/contracts';
import { Notice } from '../ui/notice';
import { useText } from '../words/use-text';

/** A part of the recording was lost on its way: never shown as if it were whole. */
export function MissingPart({ media }: { media: AnswerMedia }) {
  const t = useText();
  const { partialMissingSeconds } = media;
  if (partialMissingSeconds === null) return null;
  return <Notice tone="warn">{t('review.partial', { seconds: partialMissingSeconds })}</Notice>;
}
