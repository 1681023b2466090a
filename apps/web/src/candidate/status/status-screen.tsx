import type { CandidateInterview } from '@fairtake/contracts';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useCallback } from 'react';
import css from '../done/done.module.css';
import { StepList } from '../done/step-list';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { day, dayAndTime, time, zoneName } from '../moments';
import { readProgress } from '../my-data/own-data-api';
import { useLoaded } from '../my-data/use-loaded';
import { LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { useSentences } from '../sentences';

/** Where the answers are now. The same link shows it at any later time. */
export function StatusScreen(props: { interview: CandidateInterview; onMyData: () => void }) {
  const { interview, onMyData } = props;
  const t = useText();
  const { locale } = useLocale();
  const sentences = useSentences();
  const { submittedAt, replyPromisedAt, reviewers, serverNow, reference, replyWorkingDays } = interview;
  // Sent since this page asked: it was brought up to date by that.
  const updatedAt = submittedAt !== null && submittedAt > serverNow ? submittedAt : serverNow;
  const answers = interview.answers.filter((answer) => answer.kept).length;
  const load = useCallback(() => readProgress(interview.interviewId), [interview.interviewId]);
  const progress = useLoaded(load);
  const reviewStartedAt = progress.state === 'ready' ? progress.value.reviewStartedAt : null;
  // Until the server has answered, no step is called the present one.
  const reviewing = reviewStartedAt !== null;
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
      <PageTitle
        tab={t(reviewing ? 'status.tab' : 'status.tab.received')}
        organisation={interview.organisation}
        className={css.title}
      >
        {t(reviewing ? 'status.title' : 'status.title.received')}
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
            {
              when: reviewing ? 'now' : 'later',
              title: t('status.review'),
              body: sentences(
                reviewing ? t('status.review.since', { date: day(reviewStartedAt, locale) }) : null,
                t('status.review.body', { reviewers }),
              ),
            },
            {
              when: 'later',
              title: t('status.decision'),
              body: replyPromisedAt
                ? t('status.decision.by', { date: day(replyPromisedAt, locale) })
                : t('status.decision.body'),
            },
          ]}
        />
      </div>
      <p className={classNames(ui.small, ui.muted, ui.section)}>
        {t('status.zone', { zone: zoneName(serverNow, locale), time: time(updatedAt, locale) })}
      </p>
      <section className={ui.section}>
        <h2>{t('status.can')}</h2>
        <p className={ui.gap}>
          <LinkButton onPress={onMyData}>{t('status.watch')}</LinkButton>
        </p>
        <p className={classNames(ui.small, ui.gap)}>
          {t.rich('status.can.body', { contact: <Contact key="contact" email={interview.contactEmail} /> })}
        </p>
      </section>
    </>
  );
}
