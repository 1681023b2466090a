import type { CandidateInterview } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { dayAndTime } from '../moments';
import { Callout } from '../parts/callout';

/** What became of asking: asked with the deadline paused, granted, or declined. */
export function RequestState({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { locale } = useLocale();
  const { request } = interview.adjustments;
  const { deadlineAt } = interview;
  if (!request) return null;
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
        <Callout tone="good" icon="check" title={t('adjust.granted')}>
          {t('adjust.granted.body')} {deadline}
        </Callout>
      );
    case 'declined':
      return (
        <Callout tone="plain" icon="message" title={t('adjust.declined')}>
          {t('adjust.declined.body')} {deadline}
        </Callout>
      );
  }
}
