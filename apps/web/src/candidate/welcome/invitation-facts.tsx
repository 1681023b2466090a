import type { CandidateInterview } from '@fairtake/contracts';
import type { ReactNode } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { dayAndTime, zoneName } from '../moments';
import ui from '../parts/ui.module.css';
import css from './welcome.module.css';

/** What a person decides on before starting: who watches, how long, by when, when they hear, what they need. */
export function InvitationFacts({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { questionCount, minutes, reviewers, replyWorkingDays } = interview;
  return (
    <dl className={css.facts}>
      <Fact label={t('facts.who')} sub={t('facts.who.sub')}>
        {t('facts.who.main', { reviewers })}
      </Fact>
      <Fact label={t('facts.long')} sub={t('facts.long.sub', { questionCount })}>
        {t('facts.long.main', { minutes })}
      </Fact>
      <DeadlineFact interview={interview} />
      <Fact label={t('facts.reply')} sub={t('facts.reply.sub')}>
        {t('facts.reply.main', { days: replyWorkingDays })}
      </Fact>
      <NeedFact kinds={interview.kinds} />
    </dl>
  );
}

/** A camera is named only where a question asks for one. */
function NeedFact({ kinds }: { kinds: CandidateInterview['kinds'] }) {
  const t = useText();
  if (kinds.includes('video') || kinds.includes('screen')) {
    return (
      <Fact label={t('facts.need')} sub={t('facts.need.sub')}>
        {t('facts.need.main')}
      </Fact>
    );
  }
  const sound = kinds.includes('audio');
  return (
    <Fact label={t('facts.need')} sub={t(sound ? 'facts.need.sound.sub' : 'facts.need.keyboard.sub')}>
      {t(sound ? 'facts.need.sound' : 'facts.need.keyboard')}
    </Fact>
  );
}

function DeadlineFact({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { locale } = useLocale();
  const { deadlineAt, interviewId } = interview;
  if (deadlineAt === null) {
    return (
      <Fact label={t('facts.deadline')} sub={t('facts.deadline.none.sub')}>
        {t('facts.deadline.none')}
      </Fact>
    );
  }
  return (
    <Fact
      label={t('facts.deadline')}
      sub={
        interview.deadlinePaused
          ? t('facts.deadline.paused')
          : t.rich('facts.zone', {
              zone: zoneName(deadlineAt, locale),
              calendar: (
                <a
                  key="calendar"
                  className={ui.nb}
                  href={`/api/v1/candidate/interviews/${interviewId}/deadline.ics?locale=${locale}`}
                  download="interview.ics"
                >
                  {t('facts.calendar')}
                </a>
              ),
            })
      }
    >
      <time dateTime={deadlineAt}>{dayAndTime(deadlineAt, locale)}</time>
    </Fact>
  );
}

function Fact(props: { label: string; sub: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>
        <span className={css.main}>{props.children}</span>
        <span className={css.sub}>{props.sub}</span>
      </dd>
    </div>
  );
}
