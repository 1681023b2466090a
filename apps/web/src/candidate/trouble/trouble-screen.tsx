import { askForTimeByLink } from '../adjustments/adjustments-api';
import { AskForTime } from '../adjustments/more-time';
import type { Trouble } from '../arrival';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { mayHelpToRetry, problemWords } from './problem-words';
import { useTroubleBody } from './use-trouble-body';

/** A whole page for a problem that leaves nothing else to show. */
export function TroubleScreen(props: {
  trouble: Trouble;
  /** The link's secret: with an expired one more time can be asked for. */
  token?: string | null;
  onRetry: () => void;
}) {
  const { trouble, token, onRetry } = props;
  const t = useText();
  const words = problemWords(trouble.code);
  const body = useTroubleBody(trouble);
  return (
    <>
      <PageTitle tab={t(words.title)}>{t(words.title)}</PageTitle>
      <p className={ui.lead}>{body}</p>
      {trouble.code === 'link_expired' && token ? (
        <AskForTime
          isOver
          request={trouble.timeRequest ? { state: trouble.timeRequest, grantedUntil: null } : null}
          ask={() => askForTimeByLink(token)}
        />
      ) : null}
      {mayHelpToRetry(trouble.code) ? (
        <div className={ui.bar}>
          <Button primary icon="again" onPress={onRetry}>
            {t('problem.retry')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
