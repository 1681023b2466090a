import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { HandOffCode } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { Sheet } from '../frame/sheet';
import { useText } from '../messages';
import { time } from '../moments';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { useServerClock } from '../server-clock';
import { TroubleNote } from '../trouble/trouble-note';
import { CopyLink } from '../welcome/copy-link';
import { makeHandOffCode } from './hand-off-api';
import { handOffLink, phoneObstacle } from './hand-off-link';
import css from './hand-off.module.css';

const QrPicture = lazy(async () => ({ default: (await import('./qr-picture')).QrPicture }));

/** A code for the phone: to point its camera at, or to copy. It works once, for ten minutes. */
export function HandOffSheet({ interviewId, onClose }: { interviewId: string; onClose: () => void }) {
  const t = useText();
  const { locale } = useLocale();
  const { code, ended, trouble, renew } = useCode(interviewId);
  const link = code && handOffLink(location.origin, code.token);
  // Seen on a phone, the other device is more likely a computer, and nobody points a phone at itself.
  const [onPhone] = useState(() => matchMedia('(max-width: 599px)').matches);
  return (
    <Sheet title={t(onPhone ? 'handOff.title.device' : 'handOff.title')} onClose={onClose}>
      <p>{t(onPhone ? 'handOff.body.device' : 'handOff.body')}</p>
      <Obstacle />
      {trouble ? <TroubleNote trouble={trouble} onRetry={renew} /> : null}
      {ended ? (
        <Callout
          tone="info"
          icon="clock"
          role="status"
          title={t('handOff.ended')}
          actions={
            <Button compact primary onPress={renew}>
              {t('handOff.renew')}
            </Button>
          }
        />
      ) : null}
      {link && code && !ended ? (
        <div className={css.code}>
          <Suspense fallback={<div className={css.qr} />}>
            <QrPicture text={link} label={t('handOff.qr')} />
          </Suspense>
          <div className={css.words}>
            <p>{t(onPhone ? 'handOff.point.device' : 'handOff.point')}</p>
            <p className={css.small}>{t('handOff.once', { time: time(code.expiresAt, locale) })}</p>
            <CopyLink link={link} />
            <p className={css.small}>{t('handOff.opens', { address: `${location.host}/i` })}</p>
          </div>
        </div>
      ) : null}
      <p className={css.small}>{t(onPhone ? 'handOff.then.device' : 'handOff.then')}</p>
    </Sheet>
  );
}

/** A phone that cannot reach this address, or would get no camera there, is told before it is fetched. */
function Obstacle() {
  const t = useText();
  const obstacle = phoneObstacle(location.origin);
  if (obstacle === null) return null;
  return (
    <div className={css.tight}>
      <Callout
        tone="warn"
        icon="warning"
        title={t(obstacle === 'insecure' ? 'handOff.insecure' : 'handOff.hereOnly')}
      >
        {t(obstacle === 'insecure' ? 'handOff.insecure.body' : 'handOff.hereOnly.body')}
      </Callout>
    </div>
  );
}

function useCode(interviewId: string) {
  const now = useServerClock();
  const [code, setCode] = useState<HandOffCode | null>(null);
  const [ended, setEnded] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [turn, setTurn] = useState(0);

  useEffect(() => {
    let wanted = true;
    makeHandOffCode(interviewId).then(
      (made) => wanted && setCode(made),
      (error: unknown) => wanted && setTrouble(troubleOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [interviewId, turn]);

  useEffect(() => {
    if (!code) return;
    const timer = setTimeout(() => setEnded(true), Date.parse(code.expiresAt) - now());
    return () => clearTimeout(timer);
  }, [code, now]);

  const renew = useCallback(() => {
    setCode(null);
    setEnded(false);
    setTrouble(null);
    setTurn((count) => count + 1);
  }, []);
  return { code, ended, trouble, renew };
}
