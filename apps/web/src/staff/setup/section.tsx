import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../words/use-text';
import { fieldId, useFault } from './field-faults';
import classes from './setup.module.css';

type SectionProps = {
  id: string;
  title: string;
  hint?: ReactNode;
  /** Where a fault of the whole part is told. */
  pointer?: string;
  fixed?: boolean;
  children: ReactNode;
};

/** One part of set-up. */
export function Section({ id, title, hint, pointer, fixed = false, children }: SectionProps) {
  const t = useText();
  const fault = useFault(pointer ?? '');
  return (
    <section className={classes.section} aria-labelledby={id} id={pointer && fieldId(pointer)}>
      <header>
        <h2 id={id}>{title}</h2>
        {hint && <span>{hint}</span>}
        {fixed && (
          <span className={classes.fixed}>
            <IconLock size={14} stroke={1.5} aria-hidden />
            {t('setup.fixed')}
          </span>
        )}
      </header>
      {fault && <p className={classes.fault}>{fault}</p>}
      {children}
    </section>
  );
}
