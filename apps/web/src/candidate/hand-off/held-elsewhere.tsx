import { useText } from '../messages';
import { Callout } from '../parts/callout';
import { useDeviceName } from './device-words';
import { useDevices } from './devices-context';

/** Said on the first page: another device holds the interview, and going on here does not disturb it yet. */
export function HeldElsewhere() {
  const t = useText();
  const name = useDeviceName();
  const { view } = useDevices();
  const holder = view?.holder;
  if (!holder || holder.here || !holder.live) return null;
  const device = name(holder.device);
  return (
    <Callout tone="info" icon="eye" role="status" title={t('held.title', { device })}>
      {t('held.body', { device })}
    </Callout>
  );
}
