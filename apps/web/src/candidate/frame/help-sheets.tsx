import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { LinkButton } from '../parts/button';
import { Contact } from './contact';
import css from './frame.module.css';
import type { Host } from './host';
import { Sheet } from './sheet';

type HelpProps = { host: Host | null; onClose: () => void };

export function HelpSheet({
  host,
  onClose,
  onAdjustments,
}: HelpProps & { onAdjustments: (() => void) | undefined }) {
  const t = useText();
  const adjust = () => {
    onClose();
    onAdjustments?.();
  };
  return (
    <Sheet title={t('help.title')} onClose={onClose}>
      <p>
        <b>{t('help.stop.title')}</b>
        {t('help.stop.body')}
      </p>
      <p>
        <b>{t('help.fault.title')}</b>
        {t('help.fault.body')}
      </p>
      <p>
        <b>{t('help.camera.title')}</b>
        {t('help.camera.body')}
      </p>
      <p>
        <b>{t('help.adjustment.title')}</b>
        {t.rich('help.adjustment.body', {
          contact: <Contact key="contact" email={host?.contactEmail ?? null} />,
        })}
      </p>
      {onAdjustments ? <LinkButton onPress={adjust}>{t('adjust.open')}</LinkButton> : null}
      {host?.reference ? <p>{t('help.reference', { reference: host.reference })}</p> : null}
    </Sheet>
  );
}

export function AccessibilitySheet({ host, onClose }: HelpProps) {
  const t = useText();
  return (
    <Sheet title={t('accessibility.title')} onClose={onClose}>
      <p>{t('accessibility.body')}</p>
      <p>{t('accessibility.limits')}</p>
      <p>
        {t.rich('accessibility.ask', {
          contact: <Contact key="contact" email={host?.contactEmail ?? null} />,
        })}
      </p>
    </Sheet>
  );
}

export function PrivacySheet(props: { notice: Record<string, string>; onClose: () => void }) {
  const t = useText();
  const { locale } = useLocale();
  const notice = localized(props.notice, locale);
  return (
    <Sheet title={t('privacy.title')} onClose={props.onClose}>
      <p lang={notice.lang} className={css.prose}>
        {notice.text}
      </p>
    </Sheet>
  );
}
