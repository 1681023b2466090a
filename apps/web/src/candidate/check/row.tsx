import type { ReactNode } from 'react';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { Tag, type Tone } from '../parts/callout';
import { Icon, type IconName } from '../parts/icon';
import css from './check.module.css';

/** What is not as it should be, and how to mend it. Never a wall. */
export type RowAdvice = { tag: MessageId; body: MessageId; fix?: ReactNode };

export function StateTag({ state }: { state: 'good' | 'measuring' }) {
  const t = useText();
  const [tone, icon]: [Tone, IconName] = state === 'good' ? ['good', 'check'] : ['plain', 'clock'];
  return (
    <Tag tone={tone} icon={icon}>
      {state === 'good' ? t('check.working') : t('check.checking')}
    </Tag>
  );
}

/** One result: icon, name, state in a word, what it means, and its fix where one is needed. */
export function Row(props: {
  icon: IconName;
  name: string;
  tag: ReactNode;
  fix?: ReactNode;
  children: ReactNode;
}) {
  return (
    <li>
      <Icon name={props.icon} />
      <b>{props.name}</b>
      {props.tag}
      <p>{props.children}</p>
      {props.fix ? <div className={css.fix}>{props.fix}</div> : null}
    </li>
  );
}
