import type { CandidateInterview } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { dayAndTime } from '../moments';
import { Callout } from '../parts/callout';
import { useSentences } from '../sentences';
import { nameOf } from './part-names';
import { decidedParts, type Part } from './decided-parts';

/** What became of asking: asked with the deadline paused, granted, or declined. */
export function RequestState({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { locale } = useLocale();
  const sentences = useSentences();
  const { request } = interview.adjustments;
  const { deadlineAt } = interview;
  if (!request) return null;
  const { agreed, declined } = decidedParts(request.wanted, interview.adjustments.granted);
  const list = (parts: readonly Part[]): string =>
    new Intl.ListFormat(locale).format(parts.map((part) => nameOf(part, t)));
  const deadline = deadlineAt ? t('adjust.deadline', { moment: dayAndTime(deadlineAt, locale) }) : null;
  switch (request.state) {
    case 'asked':
      return (
        <Callout tone="info" icon="clock" role="status" title={t('adjust.asked')}>
          {t(deadlineAt ? 'adjust.asked.paused' : 'adjust.asked.body')}
        </Callout>
      );
    case 'granted':
      return (
        <Callout
          tone="good"
          icon="check"
          title={t(declined.length > 0 ? 'adjust.granted.part' : 'adjust.granted')}
        >
          {sentences(
            agreed.length > 0 ? t('adjust.granted.agreed', { parts: list(agreed) }) : null,
            declined.length > 0 ? t('adjust.granted.declined', { parts: list(declined) }) : null,
            t('adjust.granted.body'),
            deadline,
          )}
        </Callout>
      );
    case 'declined':
      return (
        <Callout tone="plain" icon="message" title={t('adjust.declined')}>
          {sentences(t('adjust.declined.body'), deadline)}
        </Callout>
      );
  }
}
