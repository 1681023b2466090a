import { useText } from '../messages';
import { Button } from '../parts/button';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';

/** A newer build has replaced the files of this page while it was open. What was recorded is not concerned. */
export function NewVersionScreen({ onReload }: { onReload: () => void }) {
  const t = useText();
  return (
    <>
      <PageTitle tab={t('newVersion.title')}>{t('newVersion.title')}</PageTitle>
      <p className={ui.lead}>{t('newVersion.body')}</p>
      <div className={ui.bar}>
        <Button primary icon="again" onPress={onReload}>
          {t('newVersion.reload')}
        </Button>
      </div>
    </>
  );
}
