import { useLocale } from '../../intl/locale-provider';
import type { Trouble } from '../arrival';
import { useText } from '../messages';
import { dayAndTime } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { mayHelpToRetry, problemWords } from './problem-words';

/** A refused or unanswered action, said where it was tried. */
export function TroubleNote({ trouble, onRetry }: { trouble: Trouble; onRetry?: () => void }) {
  const t = useText();
  const words = problemWords(trouble.code);
  const retry =
    onRetry && mayHelpToRetry(trouble.code) ? (
      <Button compact icon="again" onPress={onRetry}>
        {t('problem.retry')}
      </Button>
    ) : null;
  return (
    <Callout
      tone="bad"
      icon={trouble.code === 'network' ? 'network' : 'warning'}
      role="alert"
      title={t(words.title)}
      actions={retry}
    >
      {t(words.body)} <RequestReference trouble={trouble} />
    </Callout>
  );
}

/** When a genuine invitation ended; a line of its own under the error page's words. */
export function ExpiredAt({ trouble }: { trouble: Trouble }) {
  const t = useText();
  const { locale } = useLocale();
  if (!trouble.expiredAt) return null;
  return <>{t('problem.expiredAt', { moment: dayAndTime(trouble.expiredAt, locale) })} </>;
}

/** What support needs to find a fault of ours in the logs. */
export function RequestReference({ trouble }: { trouble: Trouble }) {
  const t = useText();
  const isOurs = problemWords(trouble.code).title === 'problem.internal.title';
  return isOurs && trouble.requestId ? <>{t('problem.request', { requestId: trouble.requestId })}</> : null;
}
