import { useState } from 'react';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { useRecording } from '../recording/recording-context';

/** Two tabs must not record the same answer: this one waits, or takes over when the person says so. */
export function OtherTabScreen({ organisation }: { organisation: string }) {
  const t = useText();
  const { session, snapshot } = useRecording();
  const [busy, setBusy] = useState(false);
  const title = snapshot.ownership === 'lost' ? t('tab.lost') : t('tab.elsewhere');
  const takeOver = () => {
    setBusy(true);
    void session?.takeOver().finally(() => setBusy(false));
  };
  return (
    <>
      <PageTitle tab={title} organisation={organisation}>
        {title}
      </PageTitle>
      <p className={ui.lead}>{t('tab.body')}</p>
      <div className={ui.bar}>
        <Button primary busy={busy} onPress={takeOver}>
          {t('tab.takeOver')}
        </Button>
      </div>
    </>
  );
}
