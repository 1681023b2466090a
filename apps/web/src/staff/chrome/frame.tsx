import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { sessionQuery } from '../session/session-query';
import { useText } from '../words/use-text';
import classes from './frame.module.css';
import { Rail } from './rail';
import { ShortcutSheetSwitch } from './shortcut-sheet-switch';

/** The staff frame: rail and screen. Shows nothing of anyone once the session has ended. */
export function Frame() {
  const t = useText();
  const { data: session } = useQuery(sessionQuery);
  const navigate = useNavigate();
  const location = useLocation();
  const [sheetOpen, setSheetOpen] = useState(false);
  const sheet = useMemo(() => ({ open: sheetOpen, setOpen: setSheetOpen }), [sheetOpen]);

  const signedOut = session === null;
  useEffect(() => {
    if (signedOut) void navigate({ to: '/sign-in', search: { next: location.href }, replace: true });
    // Only the loss of the session leads away, not a move between screens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [signedOut]);

  if (!session) return null;
  return (
    <ShortcutSheetSwitch value={sheet}>
      <a className={classes.skip} href="#main">
        {t('frame.skip')}
      </a>
      <div className={classes.frame}>
        <Rail session={session} />
        <Outlet />
      </div>
    </ShortcutSheetSwitch>
  );
}
