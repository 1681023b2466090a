import type { SessionView } from '@fairtake/contracts';
import { IconBriefcase, IconClipboardCheck, IconHelpCircle, IconUsers, type Icon } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { homePath } from '../session/home-path';
import { useText, type MessageId } from '../words/use-text';
import { AccountMenu } from './account-menu';
import { Mark } from './mark';
import classes from './rail.module.css';
import { useShortcutSheet } from './shortcut-sheet-switch';

type Entry = { to: LinkProps['to']; words: MessageId; icon: Icon; roles: SessionView['role'][] };

const entries: Entry[] = [
  {
    to: '/review',
    words: 'rail.review',
    icon: IconClipboardCheck,
    roles: ['admin', 'recruiter', 'reviewer'],
  },
  { to: '/positions', words: 'rail.positions', icon: IconBriefcase, roles: ['admin', 'recruiter'] },
  { to: '/admin/members', words: 'rail.members', icon: IconUsers, roles: ['admin'] },
];

/** Icon rail, a bottom bar on phones. A reviewer meets Review and nothing that would lift the blind. */
export function Rail({ session }: { session: SessionView }) {
  const t = useText();
  const sheet = useShortcutSheet();
  return (
    <nav className={classes.rail} aria-label={t('rail.name')}>
      <Link to={homePath(session.role)} className={classes.logo} aria-label="Fairtake">
        <Mark />
      </Link>
      {entries
        .filter((entry) => entry.roles.includes(session.role))
        .map(({ to, words, icon: EntryIcon }) => (
          <Link key={words} to={to} className={classes.item} activeProps={{ 'data-on': true }}>
            <EntryIcon size={20} stroke={1.5} aria-hidden />
            <span>{t(words)}</span>
          </Link>
        ))}
      <span className={classes.space} />
      <button
        type="button"
        className={classes.item}
        aria-keyshortcuts="?"
        onClick={() => sheet.setOpen(true)}
      >
        <IconHelpCircle size={20} stroke={1.5} aria-hidden />
        <span>{t('rail.help')}</span>
      </button>
      <AccountMenu session={session} />
    </nav>
  );
}
