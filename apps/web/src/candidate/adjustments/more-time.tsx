import type { CandidateInterview, TimeRequestView } from '@fairtake/contracts';
import { useState } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { useText } from '../messages';
import { dayAndTime } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { useServerClock } from '../server-clock';
import { TroubleNote } from '../trouble/trouble-note';
import { askForTime } from './adjustments-api';

/** From here on a deadline counts as near. */
const nearMs = 72 * 60 * 60 * 1000;

type Request = Pick<TimeRequestView, 'state' | 'grantedUntil'>;

/** Near its deadline, and after it: a way to ask for more time, and what became of asking. */
export function MoreTime(props: { interview: CandidateInterview; onChanged: () => Promise<void> }) {
  const { interview, onChanged } = props;
  const now = useServerClock()();
  const { deadlineAt, timeRequest, deadlinePaused } = interview;
  if (deadlineAt === null) return null;
  const isNear = Date.parse(deadlineAt) - now < nearMs;
  if (timeRequest === null && (!isNear || deadlinePaused)) return null;
  const isOver = Date.parse(deadlineAt) <= now;
  return (
    <AskForTime
      isOver={isOver}
      request={timeRequest}
      ask={() => askForTime(interview.interviewId)}
      onAsked={onChanged}
    />
  );
}

/** Asks once, and says from then on that it was sent. */
export function AskForTime(props: {
  /** The deadline has passed. */
  isOver: boolean;
  request: Request | null;
  ask: () => Promise<Request>;
  onAsked?: () => Promise<void>;
}) {
  const { isOver, ask, onAsked } = props;
  const t = useText();
  const { locale } = useLocale();
  const [sent, setSent] = useState<Request | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const request = sent ?? props.request;

  const send = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      setSent(await ask());
      await onAsked?.();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  };

  if (request?.state === 'asked')
    return (
      <Callout tone="info" icon="clock" role="status" title={t('time.asked')}>
        {t('time.asked.body')}
      </Callout>
    );
  if (request?.state === 'granted' && request.grantedUntil !== null && !isOver)
    return (
      <Callout tone="good" icon="check" title={t('time.granted')}>
        {t('time.granted.body', { moment: dayAndTime(request.grantedUntil, locale) })}
      </Callout>
    );
  return (
    <>
      <Callout
        tone="plain"
        icon="clock"
        title={t(request?.state === 'declined' ? 'time.declined' : isOver ? 'time.over' : 'time.near')}
        actions={
          <Button compact busy={busy} onPress={() => void send()}>
            {t(request?.state === 'declined' ? 'time.askAgain' : 'time.ask')}
          </Button>
        }
      >
        {t('time.body')}
      </Callout>
      {trouble ? <TroubleNote trouble={trouble} onRetry={() => void send()} /> : null}
    </>
  );
}
