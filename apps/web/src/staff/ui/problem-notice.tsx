import { Button } from '@mantine/core';
import { useText } from '../words/use-text';
import { Notice } from './notice';
import classes from './problem-notice.module.css';
import { problemWords } from './problem-words';

type ProblemNoticeProps = { error: unknown; onRetry?: (() => void) | undefined };

/** A refusal or a silence of the server, said once and aloud. Nothing while there is none. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const t = useText();
  if (!error) return null;
  return (
    <Notice tone="bad" role="alert">
      <div className={classes.row}>
        <span>{problemWords(t, error)}</span>
        {onRetry && (
          <Button size="compact-sm" onClick={onRetry}>
            {t('action.tryAgain')}
          </Button>
        )}
      </div>
    </Notice>
  );
}
