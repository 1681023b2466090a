import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const icons = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconAlertTriangle,
};

type NoticeProps = { tone: Tone; children: ReactNode; role?: 'alert' | 'status' | undefined };

/** Icon, words, soft ground: a state that needs reading. */
export function Notice({ tone, children, role }: NoticeProps) {
  const ToneIcon = icons[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <ToneIcon size={18} stroke={1.5} aria-hidden />
      <div>{children}</div>
    </div>
  );
}
