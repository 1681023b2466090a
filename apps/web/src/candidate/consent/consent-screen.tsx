import type { CandidateInterview } from '@fairtake/contracts';
import { useState } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { giveConsent } from '../interview-api';
import { useText } from '../messages';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { TroubleNote } from '../trouble/trouble-note';
import css from './consent.module.css';
import { ConsentTerms } from './consent-terms';

export function ConsentScreen(props: {
  interview: CandidateInterview;
  onAgreed: (interview: CandidateInterview) => void;
  onRefused: () => void;
  onAdjustments: () => void;
}) {
  const { interview, onAgreed, onRefused, onAdjustments } = props;
  const t = useText();
  const { locale } = useLocale();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const notice = localized(interview.consent.text, locale);

  const agree = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      // The language recorded with the consent is the one the notice was really shown in.
      const { noticeId } = interview.consent;
      onAgreed(await giveConsent(interview.interviewId, { noticeId, locale: notice.lang }));
    } catch (error) {
      setTrouble(troubleOf(error));
      setBusy(false);
    }
  };

  return (
    <>
      <PageTitle tab={t('consent.title')} organisation={interview.organisation}>
        {t('consent.title')}
      </PageTitle>
      <p className={ui.lead}>{t('consent.lead')}</p>
      <ConsentTerms interview={interview} />
      <details className={css.notice}>
        <summary>
          <Icon name="chevron" />
          <span>{t('consent.notice')}</span>
        </summary>
        <p lang={notice.lang}>{notice.text}</p>
      </details>
      {trouble ? <TroubleNote trouble={trouble} /> : null}
      <div className={classNames(ui.pair, css.pair)}>
        <Button busy={busy} onPress={() => void agree()}>
          {t('consent.agree')}
        </Button>
        <Button onPress={onRefused}>{t('consent.refuse')}</Button>
      </div>
      <p className={classNames(ui.small, ui.muted, css.after)}>{t('consent.after')}</p>
      <LinkButton onPress={onAdjustments}>{t('welcome.adjustment')}</LinkButton>
    </>
  );
}
