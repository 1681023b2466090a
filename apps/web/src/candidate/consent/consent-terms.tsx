import type { CandidateInterview } from '@fairtake/contracts';
import type { ReactNode } from 'react';
import { useLocale } from '../../intl/locale-provider';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
import { dayAndYear } from '../moments';
import { Icon, type IconName } from '../parts/icon';
import { useSentences } from '../sentences';
import css from './consent.module.css';

/** The five lines: what, who, how long, where, how to delete. */
export function ConsentTerms({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const sentences = useSentences();
  const { organisation, contactEmail, deadlineAt } = interview;
  return (
    <ul className={css.terms}>
      <Term icon="camera" title={t('consent.what')}>
        {t('consent.what.body')}
      </Term>
      <Term icon="eye" title={t('consent.who')}>
        {sentences(t('consent.who.body', { organisation }), deadlineAt ? t('consent.who.deadline') : null)}
      </Term>
      <Term icon="clock" title={t('consent.long')}>
        <KeptUntil interview={interview} />
      </Term>
      <Term icon="place" title={t('consent.where')}>
        {t('consent.where.body', { organisation })}
      </Term>
      <Term icon="bin" title={t('consent.delete')}>
        {t.rich('consent.delete.body', { contact: <Contact key="contact" email={contactEmail} /> })}
      </Term>
    </ul>
  );
}

/** A real date: the last one possible, since keeping is counted from when the answers are sent. */
function KeptUntil({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { locale } = useLocale();
  const { retentionDays } = interview.consent;
  const from = new Date(interview.deadlineAt ?? interview.serverNow);
  from.setUTCDate(from.getUTCDate() + retentionDays);
  const strong = (chunks: ReactNode[]) => <strong>{chunks}</strong>;
  const id = interview.deadlineAt ? 'consent.long.deadline' : 'consent.long.open';
  const { organisation } = interview;
  return t.rich(id, {
    date: dayAndYear(from.toISOString(), locale),
    days: retentionDays,
    organisation,
    strong,
  });
}

function Term(props: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <li>
      <Icon name={props.icon} />
      <div>
        <b>{props.title}</b>
        <span>{props.children}</span>
      </div>
    </li>
  );
}
