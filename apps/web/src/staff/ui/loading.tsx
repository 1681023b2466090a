import { Loader } from '@mantine/core';
import { useText } from '../words/use-text';
import classes from './loading.module.css';

/** Shown by CSS only after 400 ms, so quick answers do not flicker. */
export function Loading() {
  const t = useText();
  return (
    <div className={classes.loading} role="status">
      <Loader size={20} color="var(--muted)" aria-hidden />
      <span>{t('state.loading')}</span>
    </div>
  );
}
