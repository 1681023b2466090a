import type { CandidateInterview } from '@fairtake/contracts';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import css from '../done/done.module.css';
import { StepList } from '../done/step-list';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { day, dayAndTime, time, zoneName } from '../moments';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';

/** Where the answers are now. The same link shows it at any later time. */
export function StatusScreen({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { locale } = useLocale();
  const { submittedAt, replyPromisedAt, reviewers, serverNow, reference, replyWorkingDays } = interview;
  const answers = interview.answers.filter((answer) => answer.keptTakeId !== null).length;
  const title = localized(interview.title, locale);
  const reply = replyPromisedAt
    ? t('status.reply.by', { date: day(replyPromisedAt, locale) })
    : t('status.reply.days', { days: replyWorkingDays });
  return (
    <>
      <p className={ui.where}>
        <span lang={title.lang}>{title.text}</span>
        <span>{reference}</span>
      </p>
      <PageTitle tab={t('status.tab')} organisation={interview.organisation} className={css.title}>
        {t('status.title')}
      </PageTitle>
      <p className={ui.lead}>{reply}</p>
      <div className={ui.section}>
        <StepList
          steps={[
            {
              when: 'past',
              title: t('status.received'),
              body: t('status.received.body', {
                moment: submittedAt ? dayAndTime(submittedAt, locale) : '',
                answers,
              }),
            },
            { when: 'now', title: t('status.review'), body: t('status.review.body', { reviewers }) },
            { when: 'later', title: t('status.decision'), body: t('status.decision.body') },
          ]}
        />
      </div>
      <p className={classNames(ui.small, ui.muted, ui.section)}>
        {t('status.zone', { zone: zoneName(serverNow, locale), time: time(serverNow, locale) })}
      </p>
      <section className={ui.section}>
        <h2>{t('status.can')}</h2>
        <p className={classNames(ui.small, ui.gap)}>
          {t.rich('status.can.body', { contact: <Contact key="contact" email={interview.contactEmail} /> })}
        </p>
      </section>
    </>
  );
}
