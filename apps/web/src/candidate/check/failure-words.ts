import type { DeviceFailure } from '@fairtake/capture';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import type { CameraState } from '../recording/camera';
import { useSentences } from '../sentences';
import { browserFamily, systemFamily } from './browser-family';

/** One place for the words per cause; each says what happened, and `how` what to do in this very browser. */
const wordsByFailure = {
  denied: { what: 'device.denied', how: 'device.denied.how' },
  dismissed: { what: 'device.dismissed' },
  denied_by_system: { what: 'device.denied_by_system', how: 'device.denied_by_system.how' },
  not_found: { what: 'device.not_found' },
  in_use: { what: 'device.in_use' },
  insecure: { what: 'device.insecure' },
  unsupported: { what: 'device.unsupported' },
  in_app_browser: { what: 'device.in_app' },
  unknown: { what: 'device.unknown' },
} as const satisfies Record<DeviceFailure, { what: MessageId; how?: MessageId }>;

const tagByFailure: Partial<Record<DeviceFailure, MessageId>> = {
  denied: 'check.blocked',
  denied_by_system: 'check.blocked',
  in_use: 'check.inUse',
  not_found: 'check.notFound',
};

export type FailedDevices = Extract<CameraState, { status: 'failed' }>;
export type NamedDevice = 'camera' | 'microphone' | 'both';

/** Which device a text speaks of. */
export function failedDevice({ camera, microphone }: FailedDevices): NamedDevice {
  if (camera && microphone) return 'both';
  return camera ? 'camera' : 'microphone';
}

/** One or two words for the state of a device that failed. */
export const failureTag = (failure: DeviceFailure): MessageId => tagByFailure[failure] ?? 'check.needsYou';

/** What happened to a device and what to do about it, in this browser on this system. */
export function useFailureWords(): (failure: DeviceFailure, device: NamedDevice) => string {
  const t = useText();
  const sentences = useSentences();
  return (failure, device) => {
    const { what, how }: { what: MessageId; how?: MessageId } = wordsByFailure[failure];
    const { userAgent, maxTouchPoints } = navigator;
    const browser = browserFamily(userAgent, maxTouchPoints);
    const system = systemFamily(userAgent, maxTouchPoints);
    return sentences(t(what, { device }), how ? t(how, { device, browser, system }) : null);
  };
}
