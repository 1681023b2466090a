import { clockMinutesAhead, type StorageVerdict } from '@fairtake/capture';
import { useState } from 'react';
import { useLocale } from '../../intl/locale-provider';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { duration } from '../moments';
import { Button } from '../parts/button';
import { Tag } from '../parts/callout';
import { useRecording } from '../recording/recording-context';
import { useSentences } from '../sentences';
import { useServerClock } from '../server-clock';
import { Row, StateTag } from './row';
import type { LinkState } from './use-link';

const storageWords: Record<Exclude<StorageVerdict, 'enough'>, { tag: MessageId; body: MessageId }> = {
  low: { tag: 'check.low', body: 'check.storage.low' },
  none: { tag: 'check.notKept', body: 'check.storage.none' },
};

/** Where an answer waits until it is sent. */
export function StorageRow({ storage }: { storage: StorageVerdict | null }) {
  const t = useText();
  const { snapshot } = useRecording();
  const verdict = snapshot.memoryOnly ? 'none' : storage;
  const words = verdict === 'low' || verdict === 'none' ? storageWords[verdict] : null;
  return (
    <Row
      icon="storage"
      name={t('check.storage')}
      tag={
        words ? (
          <Tag tone="warn" icon="warning">
            {t(words.tag)}
          </Tag>
        ) : (
          <StateTag state={verdict ? 'good' : 'measuring'} />
        )
      }
    >
      {t(words?.body ?? 'check.storage.body')}
    </Row>
  );
}

/** What the test recording met on its way to the server. */
export function NetworkRow({ link, onAgain }: { link: LinkState; onAgain: (() => void) | null }) {
  const t = useText();
  const sentences = useSentences();
  const body = useNetworkWords(link);
  const clock = useClockWords();
  return (
    <Row
      icon="network"
      name={t('check.network')}
      tag={<NetworkTag link={link} />}
      fix={
        onAgain && (link.name === 'offline' || link.name === 'unavailable') ? (
          <Button compact icon="again" onPress={onAgain}>
            {t('problem.retry')}
          </Button>
        ) : null
      }
    >
      {sentences(body, clock)}
    </Row>
  );
}

function NetworkTag({ link }: { link: LinkState }) {
  const t = useText();
  switch (link.name) {
    case 'waiting':
      return (
        <Tag tone="plain" icon="clock">
          {t('check.waiting')}
        </Tag>
      );
    case 'measuring':
      return <StateTag state="measuring" />;
    case 'offline':
    case 'unavailable':
      return (
        <Tag tone="warn" icon="warning">
          {t(link.name === 'offline' ? 'check.offline' : 'check.unknown')}
        </Tag>
      );
    case 'measured':
      return link.advice.verdict === 'good' ? (
        <Tag tone="good" icon="check">
          {t('check.good')}
        </Tag>
      ) : (
        <Tag tone="warn" icon="clock">
          {t('check.slow')}
        </Tag>
      );
  }
}

const unmeasured = {
  waiting: 'check.network.waiting',
  measuring: 'check.network.measuring',
  offline: 'health.offline.body',
  unavailable: 'check.network.unknown',
} as const satisfies Record<string, MessageId>;

function useNetworkWords(link: LinkState): string {
  const t = useText();
  const { locale } = useLocale();
  if (link.name !== 'measured') return t(unmeasured[link.name]);
  const { verdict, sendSeconds } = link.advice;
  if (verdict === 'slow') return t('check.network.slow');
  if (verdict === 'very_slow') return t('check.network.verySlow');
  // In steps of five seconds: a measure of six seconds knows no more.
  return t('check.network.good', { time: duration(Math.max(5, Math.ceil(sendSeconds / 5) * 5), locale) });
}

/** A clock that is off is told, because the deadline will seem wrong; it decides nothing. */
function useClockWords(): string | null {
  const t = useText();
  const { locale } = useLocale();
  const serverNowMs = useServerClock();
  const [ahead] = useState(() => clockMinutesAhead(Date.now(), serverNowMs()));
  if (ahead === 0) return null;
  const time = duration(Math.abs(ahead) * 60, locale);
  return t(ahead > 0 ? 'check.clock.ahead' : 'check.clock.behind', { time });
}
