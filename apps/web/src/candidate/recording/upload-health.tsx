import { useEffect, useState } from 'react';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { useOnline } from './online';
import { useRecording } from './recording-context';

const stalledMs = 60_000;

/** What the person should know about sending: offline, slow, held elsewhere, or no storage on this device. */
export function UploadHealth() {
  const t = useText();
  const { session, snapshot } = useRecording();
  const online = useOnline();
  const moving = snapshot.takes.filter(({ saved, phase }) => saved !== 'received' && phase !== 'refused');
  const sent = moving.reduce((sum, { bytesAcknowledged }) => sum + bytesAcknowledged, 0);
  const left = moving.reduce((sum, take) => sum + take.bytesProduced - take.bytesAcknowledged, 0);
  const stalled = useStalled(left > 0, sent);
  const elsewhere = moving.find(({ error }) => error === 'take_elsewhere' || error === 'lease_lost');
  const signedOut = moving.some(({ error }) => error === 'signed_out');

  if (elsewhere) {
    const takeOver = () => session?.resumeTake(elsewhere.takeId)?.takeOver();
    return (
      <Callout
        tone="warn"
        icon="warning"
        role="alert"
        title={t('problem.take_elsewhere.title')}
        actions={
          <Button compact onPress={takeOver}>
            {t('tab.takeOver')}
          </Button>
        }
      >
        {t('problem.take_elsewhere.body')}
      </Callout>
    );
  }
  if (signedOut) {
    return (
      <Callout tone="warn" icon="warning" role="alert" title={t('problem.signed_out.title')}>
        {t('problem.signed_out.body')}
      </Callout>
    );
  }
  if (!online) {
    return (
      <Callout tone="warn" icon="network" role="status" title={t('health.offline')}>
        {t('health.offline.body')}
      </Callout>
    );
  }
  if (stalled) {
    return (
      <Callout tone="warn" icon="clock" role="status" title={t('health.slow')}>
        {t('health.slow.body')}
      </Callout>
    );
  }
  if (!snapshot.memoryOnly) return null;
  return (
    <Callout tone="warn" icon="storage" role="status" title={t('health.memory')}>
      {t('health.memory.body')}
    </Callout>
  );
}

/** True when something is left to send and nothing arrived for a minute. */
function useStalled(something: boolean, sentBytes: number): boolean {
  const [stalled, setStalled] = useState(false);
  useEffect(() => {
    setStalled(false);
    if (!something) return;
    const timer = setTimeout(() => setStalled(true), stalledMs);
    return () => clearTimeout(timer);
  }, [something, sentBytes]);
  return stalled;
}
