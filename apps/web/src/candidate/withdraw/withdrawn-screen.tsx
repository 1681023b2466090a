import type { CandidateInterview } from '@fairtake/contracts';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';

/** The application has ended at the candidate's word. */
export function WithdrawnScreen(props: { interview: CandidateInterview; onMyData: () => void }) {
  const { interview, onMyData } = props;
  const t = useText();
  return (
    <>
      <PageTitle tab={t('withdrawn.title')} organisation={interview.organisation}>
        {t('withdrawn.title')}
      </PageTitle>
      <p className={ui.lead}>{t('withdrawn.lead')}</p>
      <p className={ui.gap}>
        {t.rich('withdrawn.body', { contact: <Contact key="contact" email={interview.contactEmail} /> })}
      </p>
      <p className={classNames(ui.small, ui.muted, ui.gap)}>
        {t('ways.reference', { reference: interview.reference })}
      </p>
      <p className={ui.gap}>
        <LinkButton onPress={onMyData}>{t('done.data')}</LinkButton>
      </p>
    </>
  );
}
