import type { DeviceFailure } from '@fairtake/capture';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import type { CameraState } from '../recording/camera';

/** One place for the words per cause; each says what happened and what to do. */
const wordsByFailure = {
  denied: 'device.denied',
  dismissed: 'device.dismissed',
  denied_by_system: 'device.denied_by_system',
  not_found: 'device.not_found',
  in_use: 'device.in_use',
  insecure: 'device.unsupported',
  unsupported: 'device.unsupported',
  in_app_browser: 'device.unsupported',
  unknown: 'device.unknown',
} as const satisfies Record<DeviceFailure, MessageId>;

export type FailedDevices = Extract<CameraState, { status: 'failed' }>;

/** Which device a text speaks of. */
export function failedDevice({ camera, microphone }: FailedDevices): 'camera' | 'microphone' | 'both' {
  if (camera && microphone) return 'both';
  return camera ? 'camera' : 'microphone';
}

export function failureWords(failure: DeviceFailure): MessageId {
  return wordsByFailure[failure];
}

export function DeviceFailureNote(props: {
  failure: FailedDevices;
  onRetry: () => void;
  onSoundOnly: () => void;
}) {
  const { failure, onRetry, onSoundOnly } = props;
  const t = useText();
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
      {t(failureWords(cause), { device })}
    </Callout>
  );
}
