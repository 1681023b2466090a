import type { Trouble } from '../arrival';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { mayHelpToRetry, problemWords } from './problem-words';
import { useTroubleBody } from './use-trouble-body';

/** A refused or unanswered action, said where it was tried. */
export function TroubleNote({ trouble, onRetry }: { trouble: Trouble; onRetry?: () => void }) {
  const t = useText();
  const words = problemWords(trouble.code);
  const body = useTroubleBody(trouble);
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
      {body}
    </Callout>
  );
}
