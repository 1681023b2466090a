import type { TechnicalEvent } from '@fairtake/contracts';
import { useIntl } from 'react-intl';
import card from '../ui/card.module.css';
import { Localized } from '../words/localized';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import classes from './person.module.css';

/** Faults that gave a try back, with what the server saw of each. */
export function TechnicalEvents({ events }: { events: readonly TechnicalEvent[] }) {
  const t = useText();
  return (
    <section className={classes.section} aria-labelledby="person-events">
      <h3 id="person-events">{t('person.events')}</h3>
      {events.length === 0 && <p className={card.muted}>{t('person.noEvents')}</p>}
      <ul className={classes.list}>
        {events.map((event) => (
          <Event key={event.takeId} event={event} />
        ))}
      </ul>
    </section>
  );
}

function Event({ event }: { event: TechnicalEvent }) {
  const t = useText();
  const intl = useIntl();
  const time = useTimeWords();
  const facts = [
    t('person.event.held', {
      span: time.spoken(event.heldSeconds),
      size: intl.formatNumber(event.heldBytes / 1_000_000, { maximumFractionDigits: 1 }),
    }),
    event.device,
    t(event.source === 'server' ? 'person.event.server' : 'person.event.candidate'),
    event.corroborated ? null : t('person.event.unconfirmed'),
  ];
  return (
    <li className={classes.event}>
      <b>{t(`person.fault.${event.reason}`)}</b>
      <span>
        {t('person.event.where', { question: event.questionNumber, take: event.takeNumber })}{' '}
        <Localized text={event.question} />
      </span>
      <span className={`${card.muted} ${card.small}`}>
        {time.dateTime(event.at)} · {facts.filter(Boolean).join(' · ')}
      </span>
    </li>
  );
}
