import type { MouseEvent, ReactNode, Ref } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import ui from './ui.module.css';

type ButtonProps = {
  onPress: (event: MouseEvent) => void;
  children: ReactNode;
  primary?: boolean;
  compact?: boolean;
  icon?: IconName;
  /** Keeps focus and stays readable, unlike `disabled`; presses do nothing. */
  busy?: boolean;
  /** Just appeared: looks as always, but tells that presses do nothing for a moment. */
  settling?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ onPress, children, primary, compact, icon, busy, settling, ref }: ButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={classNames(ui.btn, primary && ui.primary, compact && ui.compact)}
      aria-disabled={busy || settling || undefined}
      data-settling={(settling && !busy) || undefined}
      onClick={busy ? undefined : onPress}
    >
      {icon ? <Icon name={icon} solid={icon === 'stop'} /> : null}
      <span>{children}</span>
    </button>
  );
}

/** Reads like a link, opens something on this page. */
export function LinkButton(props: { onPress: () => void; children: ReactNode; className?: string }) {
  return (
    <button type="button" className={classNames(ui.link, props.className)} onClick={props.onPress}>
      {props.children}
    </button>
  );
}
