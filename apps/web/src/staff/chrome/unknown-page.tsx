import { Link } from '@tanstack/react-router';
import { LinkText } from '../ui/link-text';
import { useText } from '../words/use-text';
import { StandingPage } from './standing-page';

/** No screen lives at this address. */
export function UnknownPage() {
  const t = useText();
  return (
    <StandingPage title={t('unknown.title')}>
      <p>{t('unknown.words')}</p>
      <p>
        <LinkText>
          <Link to="/">{t('unknown.home')}</Link>
        </LinkText>
      </p>
    </StandingPage>
  );
}
