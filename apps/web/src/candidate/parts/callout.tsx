import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import ui from './ui.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

/** What happened and what to do. `role` only when it appears after the page did. */
export function Callout(props: {
  tone: Tone;
  icon: IconName;
  title: string;
  role?: 'status' | 'alert';
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={classNames(ui.note, ui[props.tone])} role={props.role}>
      <Icon name={props.icon} />
      <div className={ui.noteBody}>
        <b>{props.title}</b>
        {props.children ? <span>{props.children}</span> : null}
        {props.actions ? <div className={ui.noteActions}>{props.actions}</div> : null}
      </div>
    </div>
  );
}

/** A state with icon and word on a soft ground. */
export function Tag({ tone, icon, children }: { tone: Tone; icon: IconName; children: ReactNode }) {
  return (
    <span className={classNames(ui.tag, ui[tone])}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}
