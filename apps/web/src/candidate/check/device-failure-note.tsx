import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { failedDevice, useFailureWords, type FailedDevices } from './failure-words';

/** A device that failed, said where it is needed, with what can be done. */
export function DeviceFailureNote(props: {
  failure: FailedDevices;
  onRetry: () => void;
  onSoundOnly: () => void;
}) {
  const { failure, onRetry, onSoundOnly } = props;
  const t = useText();
  const failureWords = useFailureWords();
  const device = failedDevice(failure);
  const cause = failure.camera ?? failure.microphone ?? 'unknown';
  return (
    <Callout
      tone="bad"
      icon={device === 'microphone' ? 'microphone' : 'camera'}
      role="alert"
      title={t('device.title', { device })}
      actions={
        <>
          <Button compact primary icon="again" onPress={onRetry}>
            {t('problem.retry')}
          </Button>
          {device === 'camera' ? (
            <Button compact onPress={onSoundOnly}>
              {t('check.soundOnly')}
            </Button>
          ) : null}
        </>
      }
    >
      {failureWords(cause, device)}
    </Callout>
  );
}
