import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { NoAccess } from '../chrome/no-access';
import { Page } from '../chrome/page';
import { positionQuery } from '../positions/position-queries';
import { useSession } from '../session/session-query';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { SetupEditor } from './setup-editor';

/** Set-up of one position. Fetched once: what is written here is not overwritten by refetches. */
export function SetupPage() {
  return useSession().role === 'reviewer' ? <NoAccess /> : <Setup />;
}

function Setup() {
  const t = useText();
  const { positionId } = useParams({ from: '/frame/positions/$positionId/setup' });
  const position = useQuery({ ...positionQuery(positionId), refetchOnWindowFocus: false });
  if (position.data) return <SetupEditor key={positionId} opened={position.data} />;
  return (
    <Page title={t('position.setup')}>
      {position.isLoading && <Loading />}
      <div style={{ padding: 24 }}>
        <ProblemNotice error={position.error} onRetry={() => void position.refetch()} />
      </div>
    </Page>
  );
}
