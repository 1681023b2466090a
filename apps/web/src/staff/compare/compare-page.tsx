import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { NoAccess } from '../chrome/no-access';
import { Page } from '../chrome/page';
import { PositionTabs } from '../chrome/position-tabs';
import { positionQuery } from '../positions/position-queries';
import { useSession } from '../session/session-query';
import { Empty } from '../ui/empty';
import { LinkText } from '../ui/link-text';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { useLocalized } from '../words/localized';
import { useText } from '../words/use-text';
import { compareQuery } from './compare-query';
import { CompareWall } from './compare-wall';

/** The compare wall: who is on it and which question stands in the address. */
export function ComparePage() {
  return useSession().role === 'reviewer' ? <NoAccess /> : <Compare />;
}

function Compare() {
  const t = useText();
  const words = useLocalized();
  const { positionId } = useParams({ from: '/frame/positions/$positionId/compare' });
  const { interviews = '', question } = useSearch({ from: '/frame/positions/$positionId/compare' });
  const enough = interviews.split(',').filter(Boolean).length >= 2;
  const position = useQuery(positionQuery(positionId));
  const comparison = useQuery({ ...compareQuery(positionId, interviews, question), enabled: enough });
  if (enough && comparison.data)
    return <CompareWall key={interviews} positionId={positionId} comparison={comparison.data} />;
  return (
    <Page
      title={position.data ? words(position.data.title) : t('position.compare')}
      tabs={<PositionTabs positionId={positionId} />}
    >
      {enough ? (
        <div style={{ padding: 24 }}>
          {comparison.isLoading && <Loading />}
          <ProblemNotice error={comparison.error} onRetry={() => void comparison.refetch()} />
        </div>
      ) : (
        <Empty title={t('compare.empty')}>
          <p>{t('compare.emptyHint')}</p>
          <LinkText>
            <Link to="/positions/$positionId/board" params={{ positionId }}>
              {t('compare.toBoard')}
            </Link>
          </LinkText>
        </Empty>
      )}
    </Page>
  );
}
