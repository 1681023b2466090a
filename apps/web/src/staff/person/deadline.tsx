import type { InterviewPerson } from '@fairtake/contracts';
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { instantInZone, localInZone } from '../setup/zoned-time';
import card from '../ui/card.module.css';
import { Notice } from '../ui/notice';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import type { Decision } from './person-queries';
import classes from './person.module.css';

export type PanelProps = {
  person: InterviewPerson;
  busy: boolean;
  onDecide: (decision: Decision) => void;
};

const dayMs = 24 * 60 * 60 * 1000;

/** A deadline of their own, and the answer to asking for one. */
export function Deadline({ person, busy, onDecide }: PanelProps) {
  const t = useText();
  const time = useTimeWords();
  const { deadlineAt, timeZone, state, timeRequests } = person;
  const asked = timeRequests.find((request) => request.state === 'asked');
  const [local, setLocal] = useState(() => suggestion(person, asked !== undefined));
  const until = instantInZone(local, timeZone);
  const underWay = state === 'invited' || state === 'started';
  return (
    <section className={classes.section} aria-labelledby="person-deadline">
      <h3 id="person-deadline">{t('person.deadline')}</h3>
      <p>
        {deadlineAt ? time.dateTime(deadlineAt, timeZone) : t('person.noDeadline')}
        {deadlineAt && person.deadlinePaused && <span className={card.muted}> {t('person.paused')}</span>}
      </p>
      {asked && (
        <Notice tone="info">{t('person.timeAsked', { at: time.dateTime(asked.askedAt, timeZone) })}</Notice>
      )}
      {underWay && (
        <>
          <div className={classes.set}>
            <TextInput
              type="datetime-local"
              label={t('person.newDeadline')}
              description={timeZone}
              value={local}
              onChange={(event) => setLocal(event.currentTarget.value)}
            />
            {!asked && (
              <Button
                disabled={until === null || busy}
                onClick={() => until && onDecide({ kind: 'deadline', deadlineAt: until })}
              >
                {t('person.setDeadline')}
              </Button>
            )}
          </div>
          {asked && (
            <div className={classes.actions}>
              <Button
                disabled={busy}
                onClick={() => onDecide({ kind: 'time', requestId: asked.requestId, until: null })}
              >
                {t('person.decline')}
              </Button>
              <Button
                variant="filled"
                disabled={until === null || busy}
                onClick={() => until && onDecide({ kind: 'time', requestId: asked.requestId, until })}
              >
                {t('person.grantTime')}
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

/** Three days more than now or than the deadline, whichever is later, for somebody who asks. */
function suggestion({ deadlineAt, timeZone }: InterviewPerson, asks: boolean): string {
  if (!asks) return deadlineAt ? localInZone(deadlineAt, timeZone) : '';
  const from = Math.max(Date.now(), deadlineAt ? Date.parse(deadlineAt) : 0);
  return localInZone(new Date(from + 3 * dayMs).toISOString(), timeZone);
}
