import type { CandidateInterview, OwnData } from '@fairtake/contracts';
import { useCallback } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { dayYearAndTime, duration, zoneName } from '../moments';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { TroubleNote } from '../trouble/trouble-note';
import css from './my-data.module.css';
import { MissingSeconds, missingOf } from './missing-seconds';
import { readOwnData } from './own-data-api';
import { OwnTake } from './own-take';
import { useLoaded } from './use-loaded';
import { WrittenAnswers } from './written-answers';

/** What is held of this person: to see, play, save, and have deleted. */
export function MyDataScreen(props: {
  interview: CandidateInterview;
  onBack: () => void;
  onWithdraw: () => void;
}) {
  const { interview, onBack, onWithdraw } = props;
  const t = useText();
  const { interviewId, state } = interview;
  const load = useCallback(() => readOwnData(interviewId), [interviewId]);
  const data = useLoaded(load);
  return (
    <>
      <PageTitle tab={t('data.title')} organisation={interview.organisation}>
        {t('data.title')}
      </PageTitle>
      <p className={ui.lead}>{t('data.lead', { organisation: interview.organisation })}</p>
      {data.state === 'loading' ? <p role="status">{t('data.loading')}</p> : null}
      {data.state === 'trouble' ? <TroubleNote trouble={data.trouble} onRetry={data.retry} /> : null}
      {data.state === 'ready' ? <Held interview={interview} data={data.value} /> : null}
      <section className={ui.section}>
        <h2>{t('data.delete')}</h2>
        <p className={ui.gap}>
          {t.rich('data.delete.body', {
            reference: interview.reference,
            contact: <Contact key="contact" email={interview.contactEmail} />,
          })}
        </p>
        {state === 'withdrawn' ? null : (
          <p className={ui.gap}>
            <LinkButton onPress={onWithdraw}>{t('ways.withdraw')}</LinkButton>
          </p>
        )}
      </section>
      <div className={ui.bar}>
        <Button onPress={onBack}>{t('ways.back')}</Button>
      </div>
    </>
  );
}

function Held({ interview, data }: { interview: CandidateInterview; data: OwnData }) {
  const t = useText();
  const { locale } = useLocale();
  const consent = data.consents.at(-1);
  return (
    <>
      <section className={ui.section}>
        <h2>{t('data.you')}</h2>
        <dl className={css.facts}>
          <div>
            <dt>{t('data.name')}</dt>
            <dd>{data.name}</dd>
          </div>
          <div>
            <dt>{t('data.email')}</dt>
            <dd>{data.email ?? t('data.email.none')}</dd>
          </div>
          <div>
            <dt>{t('data.consent')}</dt>
            <dd>
              {consent
                ? t('data.consent.given', {
                    version: consent.version,
                    moment: dayYearAndTime(consent.givenAt, locale),
                    zone: zoneName(consent.givenAt, locale),
                  })
                : t('data.consent.none')}
            </dd>
          </div>
          <div>
            <dt>{t('data.kept')}</dt>
            <dd>{t('data.kept.body', { days: interview.consent.retentionDays })}</dd>
          </div>
        </dl>
      </section>
      <Recordings interview={interview} takes={data.takes} />
      <WrittenAnswers interview={interview} responses={data.responses} />
    </>
  );
}

function Recordings({ interview, takes }: { interview: CandidateInterview; takes: OwnData['takes'] }) {
  const t = useText();
  const { locale } = useLocale();
  const { questions } = interview;
  const known = interview.answers.flatMap((answer) => answer.takes);
  return (
    <section className={ui.section}>
      <h2>{t('data.recordings')}</h2>
      {takes.length === 0 ? <p className={ui.gap}>{t('data.recordings.none')}</p> : null}
      <ol className={css.takes}>
        {takes.map((take) => {
          const index = questions.findIndex(({ questionId }) => questionId === take.questionId);
          const text = questions[index] ? localized(questions[index].text, locale) : null;
          return (
            <li key={take.takeId}>
              {text ? <b lang={text.lang}>{text.text}</b> : null}
              <p className={classNames(ui.small, ui.muted)}>
                {t(take.durationSeconds === null ? 'data.take.unmeasured' : 'data.take', {
                  state: take.state,
                  moment: dayYearAndTime(take.startedAt, locale),
                  length: duration(take.durationSeconds ?? 0, locale),
                  megabytes: Math.max(0.1, take.sizeBytes / 1_000_000),
                })}
              </p>
              <MissingSeconds seconds={missingOf(known, take.takeId)} />
              <TakeActions
                interview={interview}
                take={take}
                label={t('data.recordingOf', { number: index + 1 })}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** Whole recordings play and can be saved, until the candidate withdrew. */
function TakeActions(props: {
  interview: CandidateInterview;
  take: OwnData['takes'][number];
  label: string;
}) {
  const { interview, take, label } = props;
  const whole = take.state === 'finalised' || take.state === 'kept' || take.state === 'discarded';
  if (!whole || interview.state === 'withdrawn') return null;
  return <OwnTake interviewId={interview.interviewId} takeId={take.takeId} label={label} />;
}
