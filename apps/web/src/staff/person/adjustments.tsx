import type { AdjustmentChoice, AdjustmentKind, AdjustmentRequest } from '@fairtake/contracts';
import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import card from '../ui/card.module.css';
import { useTimeWords } from '../words/time-words';
import { useText } from '../words/use-text';
import { adjustmentParts, grantedPart } from './adjustment-parts';
import type { PanelProps } from './deadline';
import classes from './person.module.css';

/** What is changed for this person, and what waits for an answer. */
export function Adjustments({ person, busy, onDecide }: PanelProps) {
  const t = useText();
  const granted = adjustmentParts(person.granted);
  const asked = person.adjustmentRequests.find((request) => request.state === 'asked');
  return (
    <section className={classes.section} aria-labelledby="person-adjustments">
      <h3 id="person-adjustments">{t('person.adjustments')}</h3>
      {granted.length > 0 ? (
        <ul className={classes.list}>
          {granted.map((part) => (
            <li key={part.kind}>{t(part.words, part.values)}</li>
          ))}
        </ul>
      ) : (
        <p className={card.muted}>{t('person.noAdjustments')}</p>
      )}
      {asked && (
        <AskedAdjustments
          key={asked.requestId}
          request={asked}
          before={person.granted}
          busy={busy}
          onAnswer={(answer) => onDecide({ kind: 'adjustment', requestId: asked.requestId, granted: answer })}
        />
      )}
      <p className={`${card.muted} ${card.small}`}>{t('person.hidden')}</p>
    </section>
  );
}

/** Grants the whole or a part, or declines. */
function AskedAdjustments(props: {
  request: AdjustmentRequest;
  before: AdjustmentChoice;
  busy: boolean;
  onAnswer: (granted: AdjustmentChoice | null) => void;
}) {
  const { request, before, busy, onAnswer } = props;
  const t = useText();
  const time = useTimeWords();
  const parts = adjustmentParts(request.wanted);
  const [chosen, setChosen] = useState<ReadonlySet<AdjustmentKind>>(
    () => new Set(parts.map((part) => part.kind)),
  );
  const toggle = (kind: AdjustmentKind) => {
    const next = new Set(chosen);
    if (!next.delete(kind)) next.add(kind);
    setChosen(next);
  };
  return (
    <fieldset className={classes.asked}>
      <legend>{t('person.adjustmentsAsked', { ago: time.ago(request.askedAt) })}</legend>
      {parts.map((part) => (
        <Checkbox
          key={part.kind}
          label={t(part.words, part.values)}
          checked={chosen.has(part.kind)}
          onChange={() => toggle(part.kind)}
        />
      ))}
      <div className={classes.actions}>
        <Button disabled={busy} onClick={() => onAnswer(null)}>
          {t('person.decline')}
        </Button>
        <Button
          variant="filled"
          disabled={busy || chosen.size === 0}
          onClick={() => onAnswer(grantedPart(request.wanted, before, chosen))}
        >
          {t(chosen.size === parts.length ? 'person.grant' : 'person.grantPart')}
        </Button>
      </div>
    </fieldset>
  );
}
