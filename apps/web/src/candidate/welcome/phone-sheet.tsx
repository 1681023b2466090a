import { useState } from 'react';
import { Sheet } from '../frame/sheet';
import { useText } from '../messages';
import { Button } from '../parts/button';

/** Taking part on another device: the same link, opened there. Copying needs the link to be still in memory. */
export function PhoneSheet({ link, onClose }: { link: string | null; onClose: () => void }) {
  const t = useText();
  return (
    <Sheet title={t('phone.title')} onClose={onClose}>
      <p>{t('phone.body')}</p>
      <p>{t('phone.kept')}</p>
      {link ? <CopyLink link={link} /> : null}
    </Sheet>
  );
}

/** Copies the invitation's link and says so. */
export function CopyLink({ link }: { link: string }) {
  const t = useText();
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const copy = () => {
    const copied = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => setState('copied'),
      () => setState('refused'),
    );
  };
  return (
    <div>
      <Button compact onPress={copy}>
        {t('phone.copy')}
      </Button>
      <p role="status">
        {state === 'copied' ? t('phone.copied') : null}
        {state === 'refused' ? t('phone.copyByHand') : null}
      </p>
    </div>
  );
}
