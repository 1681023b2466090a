import type { AdjustmentChoice, CandidateInterview } from '@fairtake/contracts';
import { useState } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { troubleOf, type Trouble } from '../arrival';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { TroubleNote } from '../trouble/trouble-note';
import { chooseAdjustments } from './adjustments-api';
import css from './adjustments.module.css';
import { LooksFields, OfferedFields } from './choice-fields';
import { RequestState } from './request-state';

/** What may be changed for one person. Nobody is asked why, and reviewers are never told. */
export function AdjustmentsScreen(props: {
  interview: CandidateInterview;
  onChanged: (interview: CandidateInterview) => void;
  onBack: () => void;
}) {
  const { interview, onChanged, onBack } = props;
  const { adjustments } = interview;
  const t = useText();
  const [choice, setChoice] = useState<AdjustmentChoice>(() => present(interview));
  const [saved, setSaved] = useState<'applied' | 'asked' | null>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const asks = adjustments.policy === 'ask';

  const change = (next: AdjustmentChoice) => {
    setChoice(next);
    setSaved(null);
  };
  const save = async () => {
    setBusy(true);
    setTrouble(null);
    try {
      const changed = await chooseAdjustments(interview.interviewId, choice);
      onChanged(changed);
      setSaved(changed.adjustments.request?.state === 'asked' ? 'asked' : 'applied');
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  };

  return (
    <>
      <PageTitle tab={t('adjust.title')} organisation={interview.organisation}>
        {t('adjust.title')}
      </PageTitle>
      <p className={ui.lead}>{t('adjust.lead')}</p>
      <p className={classNames(ui.small, ui.muted, ui.gap)}>
        {t(asks ? 'adjust.policy.ask' : 'adjust.policy.self')}
      </p>
      {saved === 'asked' ? null : <RequestState interview={interview} />}
      <div className={css.form}>
        <OfferedFields
          choice={choice}
          onChange={change}
          offers={(kind) => adjustments.offered.includes(kind)}
        />
        <LooksFields choice={choice} onChange={change} />
      </div>
      {trouble ? <TroubleNote trouble={trouble} /> : null}
      {saved === 'applied' ? (
        <Callout tone="good" icon="check" role="status" title={t('adjust.applied')}>
          {t('adjust.applied.body')}
        </Callout>
      ) : null}
      {saved === 'asked' ? <RequestState interview={interview} /> : null}
      <div className={ui.bar}>
        <Button primary busy={busy} onPress={() => void save()}>
          {t(asks ? 'adjust.send' : 'adjust.apply')}
        </Button>
        <Button onPress={onBack}>{t('ways.back')}</Button>
      </div>
      {adjustments.granted.questionsInAdvance ? <QuestionsInAdvance interview={interview} /> : null}
      <p className={classNames(ui.small, ui.muted, ui.gap)}>
        {t.rich('adjust.other', { contact: <Contact key="contact" email={interview.contactEmail} /> })}
      </p>
    </>
  );
}

/** What is in force; while something is being answered, what was asked. */
function present({ adjustments: { granted, request } }: CandidateInterview): AdjustmentChoice {
  if (request?.state !== 'asked') return granted;
  const { largerText, reducedMotion, hideCountdown } = granted;
  return { ...request.wanted, largerText, reducedMotion, hideCountdown };
}

/** Reading them here starts no clock. */
function QuestionsInAdvance({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { locale } = useLocale();
  return (
    <section className={ui.section}>
      <h2>{t('adjust.questions')}</h2>
      {interview.consent.given ? (
        <ol className={css.questions}>
          {interview.questions.map(({ questionId, text }) => {
            const words = localized(text, locale);
            return (
              <li key={questionId}>
                <p lang={words.lang}>{words.text}</p>
              </li>
            );
          })}
        </ol>
      ) : (
        <p className={ui.muted}>{t('adjust.questions.consent')}</p>
      )}
    </section>
  );
}
