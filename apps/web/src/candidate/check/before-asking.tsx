import { useText } from '../messages';
import { Button } from '../parts/button';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';

/** What the browser will ask, before it asks; it asks only after the press. */
export function BeforeAsking({ organisation, onAllow }: { organisation: string; onAllow: () => void }) {
  const t = useText();
  const strong = (chunks: React.ReactNode[]) => <b key="allow">{chunks}</b>;
  return (
    <>
      <PageTitle tab={t('check.ask.title')} organisation={organisation}>
        {t('check.ask.title')}
      </PageTitle>
      <p className={ui.lead}>{t.rich('check.ask.lead', { b: strong })}</p>
      <p className={ui.promise}>
        <Icon name="shield" />
        <span>{t('check.ask.promise')}</span>
      </p>
      <div className={ui.bar}>
        <Button primary onPress={onAllow}>
          {t('check.ask.allow')}
        </Button>
      </div>
    </>
  );
}
