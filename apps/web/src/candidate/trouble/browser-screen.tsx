import { useText } from '../messages';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import { Contact } from '../frame/contact';
import type { Host } from '../frame/host';
import { CopyLink } from '../welcome/copy-link';

/** This browser cannot record: an app's own browser, or one too old. Says where it works, with the link at hand. */
export function BrowserScreen(props: { app: string | null; host: Host | null; link: string | null }) {
  const { app, host, link } = props;
  const t = useText();
  const insecure = !window.isSecureContext;
  const title = insecure
    ? t('browser.insecure.title')
    : app
      ? t('browser.inApp.title', { app })
      : t('browser.old.title');
  return (
    <>
      <PageTitle tab={title} organisation={host?.organisation}>
        {title}
      </PageTitle>
      <p className={ui.lead}>
        {insecure ? t('browser.insecure.body') : app ? t('browser.inApp.body') : t('browser.old.body')}
      </p>
      {app && !insecure ? (
        <p className={ui.promise}>
          <Icon name="chevron" />
          <span>{t('browser.inApp.menu')}</span>
        </p>
      ) : null}
      <div className={ui.gap}>
        {insecure ? null : link ? <CopyLink link={link} /> : <p>{t('phone.body')}</p>}
      </div>
      <p className={classNames(ui.small, ui.muted, ui.gap)}>
        {t.rich('browser.otherwise', {
          contact: <Contact key="contact" email={host?.contactEmail ?? null} />,
        })}
      </p>
    </>
  );
}
