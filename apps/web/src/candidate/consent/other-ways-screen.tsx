import type { CandidateInterview } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { Contact } from '../frame/contact';
import { useText, type MessageId } from '../messages';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import css from './consent.module.css';

/** Adjustments, another format, or not taking part: what a person can do who does not want this as it is. */
export function OtherWaysScreen(props: {
  interview: CandidateInterview;
  onBack: () => void;
  onWithdraw: () => void;
  onAdjustments: () => void;
}) {
  const { interview, onBack, onWithdraw, onAdjustments } = props;
  const t = useText();
  const { locale } = useLocale();
  const offered = interview.adjustments.offered.map((kind) => t(`ways.part.${kind}`));
  const parts = new Intl.ListFormat(locale).format([...offered, t('ways.part.looks')]);
  const contact = <Contact key="contact" email={interview.contactEmail} />;
  return (
    <>
      <PageTitle tab={t('ways.title')} organisation={interview.organisation}>
        {t('ways.title')}
      </PageTitle>
      <p className={ui.lead}>{t(interview.consent.given ? 'ways.lead.given' : 'ways.lead')}</p>
      <div className={css.ways}>
        <section>
          <h2>{t('ways.adjustment')}</h2>
          <p>{t('ways.adjustment.body', { parts })}</p>
          <LinkButton onPress={onAdjustments}>{t('adjust.open')}</LinkButton>
        </section>
        <section>
          <h2>{t('ways.format')}</h2>
          <p>{t.rich('ways.format.body', { contact })}</p>
        </section>
        <section>
          <h2>{t('ways.leave')}</h2>
          <p>{t(leaveWords(interview))}</p>
          <p>{t('ways.leave.withdraw')}</p>
          <LinkButton onPress={onWithdraw}>{t('ways.withdraw')}</LinkButton>
        </section>
      </div>
      <p className={classNames(ui.small, ui.muted, ui.gap)}>
        {t('ways.reference', { reference: interview.reference })}
      </p>
      <div className={ui.bar}>
        <Button onPress={onBack}>{t('ways.back')}</Button>
      </div>
    </>
  );
}

/** Only what is true of this person: what was agreed to, and whether there is a deadline at all. */
function leaveWords({ consent, deadlineAt }: CandidateInterview): MessageId {
  if (!consent.given) return 'ways.leave.body';
  return deadlineAt === null ? 'ways.leave.given.always' : 'ways.leave.given';
}
