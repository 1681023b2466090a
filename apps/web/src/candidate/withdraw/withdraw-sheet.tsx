import type { CandidateInterview } from '@fairtake/contracts';
import { useState } from 'react';
import { troubleOf, type Trouble } from '../arrival';
import { Contact } from '../frame/contact';
import { Sheet } from '../frame/sheet';
import { useText } from '../messages';
import { withdrawInterview } from '../my-data/own-data-api';
import { Button } from '../parts/button';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import { TroubleNote } from '../trouble/trouble-note';

/** Asks once more before an application ends, and says what that does and does not do. */
export function WithdrawSheet(props: {
  interview: CandidateInterview;
  onClose: () => void;
  onWithdrawn: () => void;
}) {
  const { interview, onClose, onWithdrawn } = props;
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const withdraw = () => {
    setBusy(true);
    setTrouble(null);
    withdrawInterview(interview.interviewId).then(onWithdrawn, (error: unknown) => {
      setTrouble(troubleOf(error));
      setBusy(false);
    });
  };
  return (
    <Sheet title={t('withdraw.title')} onClose={onClose}>
      <p>{t('withdraw.body')}</p>
      <p>
        {t.rich('withdraw.held', {
          contact: <Contact key="contact" email={interview.contactEmail} />,
        })}
      </p>
      {trouble ? <TroubleNote trouble={trouble} onRetry={withdraw} /> : null}
      <div className={classNames(ui.pair)}>
        <Button onPress={onClose}>{t('withdraw.stay')}</Button>
        <Button busy={busy} onPress={withdraw}>
          {t('withdraw.confirm')}
        </Button>
      </div>
    </Sheet>
  );
}
