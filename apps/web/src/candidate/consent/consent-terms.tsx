import type { CandidateInterview } from '@fairtake/contracts';
import type { ReactNode } from 'react';
import { Contact } from '../frame/contact';
import { useText } from '../messages';
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
        <KeptFor interview={interview} />
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

/** No date: keeping is counted from the decision, and nobody knows yet when that is. The notice says the same. */
function KeptFor({ interview }: { interview: CandidateInterview }) {
  const t = useText();
  const { organisation, consent } = interview;
  const strong = (chunks: ReactNode[]) => <strong>{chunks}</strong>;
  return t.rich('consent.long.body', { days: consent.retentionDays, organisation, strong });
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
