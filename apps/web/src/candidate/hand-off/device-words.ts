import type { Device } from '@fairtake/contracts';
import { useText } from '../messages';

/** A device by the names its owner knows: `Chrome on Android`. */
export function useDeviceName(): (device: Device | null) => string {
  const t = useText();
  return (device) => {
    const { browser, system } = device ?? { browser: null, system: null };
    if (browser && isPhone(device)) return t('device.name.phone', { browser });
    if (browser && system) return t('device.name', { browser, system });
    return browser ?? system ?? t('device.name.other');
  };
}

/** A device its owner calls their phone. */
export const isPhone = (device: Device | null): boolean =>
  device?.system === 'iPhone' || device?.system === 'Android';
