import type { ReactNode } from 'react';
import { useText } from '../messages';
import { Icon } from '../parts/icon';
import ui from '../parts/ui.module.css';
import css from './done.module.css';

export type ListedStep = { when: 'past' | 'now' | 'later'; title: string; body: ReactNode };

/** What happened and what comes next, in order. */
export function StepList({ steps }: { steps: ListedStep[] }) {
  const t = useText();
  return (
    <ol className={css.steps}>
      {steps.map((step) => (
        <li
          key={step.title}
          className={css[step.when]}
          aria-current={step.when === 'now' ? 'step' : undefined}
        >
          <span className={css.mark}>{step.when === 'past' ? <Icon name="check" /> : null}</span>
          <div>
            <b>
              {step.title}
              {step.when === 'past' ? <span className={ui.vh}> {t('steps.past')}</span> : null}
            </b>
            <p>{step.body}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
