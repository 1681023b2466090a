import { useText } from '../messages';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
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
      {link && !insecure ? (
        <div className={ui.gap}>
          <CopyLink link={link} />
        </div>
      ) : null}
      <section className={ui.section}>
        <h2>{t('browser.other')}</h2>
        <p className={ui.gap}>
          <b>{t('browser.text')}</b>
        </p>
        <p>
          {t.rich('browser.text.body', {
            contact: <Contact key="contact" email={host?.contactEmail ?? null} />,
          })}
        </p>
        <p className={ui.gap}>
          <b>{t('browser.phone')}</b>
        </p>
        <p>{t('browser.phone.body')}</p>
      </section>
    </>
  );
}
