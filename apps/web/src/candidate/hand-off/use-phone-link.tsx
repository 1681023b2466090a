import { useText } from '../messages';
import { LinkButton } from '../parts/button';
import ui from '../parts/ui.module.css';
import { useDevices } from './devices-context';

/** Opens the code for another device: a phone, seen from a computer, and the other way round. */
export function UsePhoneLink() {
  const t = useText();
  const { offerHandOff } = useDevices();
  return (
    <>
      <LinkButton className={ui.onlyWide} onPress={offerHandOff}>
        {t('welcome.phone')}
      </LinkButton>
      <LinkButton className={ui.onlyPhone} onPress={offerHandOff}>
        {t('welcome.device')}
      </LinkButton>
    </>
  );
}
