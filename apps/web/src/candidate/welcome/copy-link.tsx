import { useState } from 'react';
import { useText } from '../messages';
import { Button } from '../parts/button';

/** Copies a link and says so. */
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
