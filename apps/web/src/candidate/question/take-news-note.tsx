import type { FaultReason } from '@fairtake/contracts';
import { useEffect, useState } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { salvageTake } from '../interview-api';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { time } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { useSentences } from '../sentences';
import { TroubleNote } from '../trouble/trouble-note';
import type { TakeNews } from './take-news';

const faultWords: Record<FaultReason, MessageId> = {
  device_lost: 'returned.device',
  encoder_stalled: 'returned.stalled',
  page_closed: 'returned.page',
  too_short: 'returned.tooShort',
  no_media: 'returned.noMedia',
  offline: 'returned.offline',
  storage_full: 'returned.full',
};

/** How often it is asked whether an unfinished recording is given up: the server waits two minutes. */
const askEveryMs = 15_000;

/** What became of a recording that an earlier page, or another device, began. */
export function TakeNewsNote(props: {
  interviewId: string;
  news: TakeNews;
  takesLeft: number;
  onChanged: () => void;
}) {
  const { interviewId, news, takesLeft, onChanged } = props;
  const t = useText();
  const { locale } = useLocale();
  const sentences = useSentences();
  switch (news.kind) {
    case 'unfinished':
      return <Unfinished takesLeft={takesLeft} onChanged={onChanged} />;
    case 'vanished':
      return <Vanished key={news.takeId} interviewId={interviewId} news={news} onChanged={onChanged} />;
    case 'returned':
      return (
        <Callout tone="info" icon="again" role="status" title={t('returned.title')}>
          {sentences(
            t(faultWords[news.fault.reason]),
            t('returned.at', { time: time(news.fault.at, locale) }),
            t('returned.left', { takesLeft }),
          )}
        </Callout>
      );
  }
}

function Unfinished({ takesLeft, onChanged }: { takesLeft: number; onChanged: () => void }) {
  const t = useText();
  useEffect(() => {
    const timer = setInterval(onChanged, askEveryMs);
    return () => clearInterval(timer);
  }, [onChanged]);
  return (
    <Callout tone="plain" icon="saved" role="status" title={t('gone.title')}>
      {t(takesLeft > 0 ? 'gone.body' : 'gone.wait')}
    </Callout>
  );
}

function Vanished(props: {
  interviewId: string;
  news: Extract<TakeNews, { kind: 'vanished' }>;
  onChanged: () => void;
}) {
  const { interviewId, news, onChanged } = props;
  const t = useText();
  const { locale } = useLocale();
  const { state, keep } = useSalvage(interviewId, news.takeId, onChanged);
  if (state.name === 'nothing') {
    return (
      <Callout tone="info" icon="again" role="alert" title={t('returned.title')}>
        {t('vanished.nothing')}
      </Callout>
    );
  }
  return (
    <>
      <Callout
        tone="info"
        icon="saved"
        role="status"
        title={t('vanished.title', { time: time(news.startedAt, locale) })}
        actions={
          <Button compact busy={state.name === 'busy'} onPress={keep}>
            {t('vanished.keep')}
          </Button>
        }
      >
        {t('vanished.body')}
      </Callout>
      {state.name === 'trouble' ? <TroubleNote trouble={state.trouble} onRetry={keep} /> : null}
    </>
  );
}

type SalvageState = { name: 'asked' | 'busy' | 'nothing' } | { name: 'trouble'; trouble: Trouble };

/** Closes a recording with what arrived of it. What it became is shown as soon as the server tells. */
function useSalvage(interviewId: string, takeId: string, onChanged: () => void) {
  const [state, setState] = useState<SalvageState>({ name: 'asked' });
  const keep = () => {
    setState({ name: 'busy' });
    salvageTake(interviewId, takeId).then(onChanged, (error: unknown) => {
      const trouble = troubleOf(error);
      if (trouble.code === 'nothing_to_salvage') return setState({ name: 'nothing' });
      if (trouble.code !== 'state_conflict') return setState({ name: 'trouble', trouble });
      // More of it has just arrived: it may not have vanished at all.
      setState({ name: 'asked' });
      onChanged();
    });
  };
  return { state, keep };
}
