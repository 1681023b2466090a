import type { CandidateInterview } from '@fairtake/contracts';
import { useLocale } from '../../intl/locale-provider';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { day, dayYearAndTime, zoneName } from '../moments';
import { LinkButton } from '../parts/button';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import css from './done.module.css';
import { useSentences } from '../sentences';
import { StepList } from './step-list';

/** The receipt: what arrived, how to name it, what happens next and by when. */
export function DoneScreen(props: {
  interview: CandidateInterview;
  onStatus: () => void;
  onMyData: () => void;
}) {
  const { interview, onStatus, onMyData } = props;
  const t = useText();
  const { locale } = useLocale();
  const sentences = useSentences();
  const { submittedAt, replyPromisedAt, reviewers, candidateName, reference } = interview;
  const answers = interview.answers.filter((answer) => answer.kept).length;
  return (
    <>
      <div className={css.tick}>
        <Icon name="check" />
      </div>
      <PageTitle tab={t('done.tab')} organisation={interview.organisation}>
        {t('done.title', { name: candidateName })}
      </PageTitle>
      <p className={ui.lead}>{sentences(t('done.lead', { answers }), t('done.close'))}</p>
      <dl className={css.receipt}>
        <div>
          <dt>{t('done.reference')}</dt>
          <dd className={css.reference}>{reference}</dd>
        </div>
        {submittedAt ? (
          <div>
            <dt>{t('done.received')}</dt>
            <dd>
              <time dateTime={submittedAt}>{dayYearAndTime(submittedAt, locale)}</time>
              <span className={classNames(ui.small, ui.muted)}>{zoneName(submittedAt, locale)}</span>
            </dd>
          </div>
        ) : null}
      </dl>
      <section className={ui.section}>
        <h2>{t('done.next')}</h2>
        <StepList
          steps={[
            { when: 'later', title: t('done.watch', { reviewers }), body: t('done.watch.body') },
            {
              when: 'later',
              title: t('done.write'),
              body: replyPromisedAt
                ? t('done.write.by', { date: day(replyPromisedAt, locale) })
                : t('done.write.days', { days: interview.replyWorkingDays }),
            },
          ]}
        />
      </section>
      <nav className={classNames(ui.links, ui.gap)} aria-label={t('done.choices')}>
        <LinkButton onPress={onStatus}>{t('done.status')}</LinkButton>
        <LinkButton onPress={onMyData}>{t('done.data')}</LinkButton>
      </nav>
      <p className={classNames(ui.small, ui.muted)}>
        {t.rich('done.ask', { contact: <Contact key="contact" email={interview.contactEmail} /> })}
      </p>
    </>
  );
}
