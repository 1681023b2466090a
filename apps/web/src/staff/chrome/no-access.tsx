import { Link } from '@tanstack/react-router';
import { Empty } from '../ui/empty';
import { LinkText } from '../ui/link-text';
import { homePath } from '../session/home-path';
import { useSession } from '../session/session-query';
import { useText } from '../words/use-text';
import { Page } from './page';

/** For a role that may not see this screen: what it is, and where to go instead. */
export function NoAccess() {
  const t = useText();
  const session = useSession();
  return (
    <Page title={t('noAccess.title')}>
      <Empty title={t('noAccess.title')}>
        <p>{t('noAccess.words', { role: t(`role.${session.role}`) })}</p>
        <LinkText>
          <Link to={homePath(session.role)}>{t('noAccess.back')}</Link>
        </LinkText>
      </Empty>
    </Page>
  );
}
