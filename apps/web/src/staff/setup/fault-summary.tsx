import { useEffect, useRef } from 'react';
import { Notice } from '../ui/notice';
import { useText, type MessageId } from '../words/use-text';
import { fieldId, useFaultWords, type FaultMap } from './field-faults';
import classes from './setup.module.css';

const places: [RegExp, MessageId][] = [
  [/^\/title/, 'setup.title'],
  [/^\/questions$/, 'setup.questions'],
  [/^\/questions\//, 'setup.questionNumber'],
  [/^\/criteria$/, 'setup.rubric'],
  [/^\/criteria\//, 'setup.criterionNumber'],
  [/^\/reviewerIds/, 'setup.reviewers'],
  [/^\/deadlineAt/, 'setup.deadline'],
  [/^\/timeZone/, 'setup.timeZone'],
];

/** Everything that keeps the position from being published, with a way to each place. Takes focus when it appears. */
export function FaultSummary({ faults }: { faults: FaultMap }) {
  const t = useText();
  const words = useFaultWords();
  const box = useRef<HTMLDivElement>(null);
  const any = faults.size > 0;
  useEffect(() => {
    if (any) box.current?.focus();
  }, [any]);
  if (!any) return null;
  const place = (pointer: string) => {
    const id = places.find(([pattern]) => pattern.test(pointer))?.[1] ?? 'setup.position';
    return t(id, { number: Number(pointer.split('/')[2] ?? 0) + 1 });
  };
  const goTo = (pointer: string) => {
    const target = document.getElementById(fieldId(pointer));
    const field = target?.matches('input, textarea, select, button')
      ? target
      : target?.querySelector<HTMLElement>('input, textarea, select, button');
    target?.scrollIntoView({ block: 'center' });
    (field as HTMLElement | null | undefined)?.focus({ preventScroll: true });
  };
  return (
    <div ref={box} tabIndex={-1} className={classes.summary} role="alert">
      <Notice tone="bad">
        <b>{t('setup.beforePublishing', { count: faults.size })}</b>
        <ul>
          {[...faults.values()].map((fault) => (
            <li key={fault.pointer}>
              <button type="button" onClick={() => goTo(fault.pointer)}>
                {place(fault.pointer)}
              </button>
              {': '}
              {words(fault)}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
