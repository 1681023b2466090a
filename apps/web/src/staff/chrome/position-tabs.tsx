import { Link } from '@tanstack/react-router';
import { useText } from '../words/use-text';
import classes from './position-tabs.module.css';

/** The screens of one position. */
export function PositionTabs({ positionId }: { positionId: string }) {
  const t = useText();
  const params = { positionId };
  const on = { 'data-on': true };
  return (
    <nav className={classes.tabs} aria-label={t('position.tabs')}>
      <Link to="/positions/$positionId/setup" params={params} activeProps={on}>
        {t('position.setup')}
      </Link>
      <Link to="/positions/$positionId/board" params={params} activeProps={on}>
        {t('position.board')}
      </Link>
      <Link to="/positions/$positionId/compare" params={params} activeProps={on}>
        {t('position.compare')}
      </Link>
    </nav>
  );
}
