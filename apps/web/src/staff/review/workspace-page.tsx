import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { Page } from '../chrome/page';
import { Loading } from '../ui/loading';
import { ProblemNotice } from '../ui/problem-notice';
import { useText } from '../words/use-text';
import { BatchFinished } from './batch-finished';
import { ClipWorkspace } from './clip-workspace';
import { nextOpenClip, openingClip } from './clip-order';
import { batchQuery } from './review-queries';

/** One batch: which clip is open lives in the address. */
export function WorkspacePage() {
  const t = useText();
  const { roundId, questionId } = useParams({ from: '/frame/review/$roundId/$questionId' });
  const { clip: named } = useSearch({ from: '/frame/review/$roundId/$questionId' });
  const navigate = useNavigate({ from: '/review/$roundId/$questionId' });
  const query = useQuery(batchQuery(roundId, questionId));
  const [finished, setFinished] = useState(false);
  const batch = query.data;
  const clip = batch ? openingClip(batch.clips, named) : null;

  const open = useCallback(
    (answerId: string) => {
      setFinished(false);
      void navigate({ search: { clip: answerId } });
    },
    [navigate],
  );
  // The address names the clip from the first moment, so that a reload or a pasted link opens the same one.
  const shown = clip?.answerId;
  useEffect(() => {
    if (shown && shown !== named) void navigate({ search: { clip: shown }, replace: true });
  }, [shown, named, navigate]);

  if (!batch || !clip)
    return (
      <Page title={t('review.title')}>
        {query.isLoading && <Loading />}
        <div style={{ padding: 24 }}>
          <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
          {batch && <p>{t('review.batchEmpty')}</p>}
        </div>
      </Page>
    );
  if (finished) return <BatchFinished batch={batch} onLookBack={() => setFinished(false)} />;

  const next = nextOpenClip(batch.clips, clip.answerId);
  const step = (by: 1 | -1) => {
    const to = batch.clips[batch.clips.indexOf(clip) + by];
    if (to) open(to.answerId);
  };
  return (
    <ClipWorkspace
      key={clip.answerId}
      batch={batch}
      clip={clip}
      onStep={step}
      onSkip={() => next && open(next.answerId)}
      onNext={() => (next ? open(next.answerId) : setFinished(true))}
      hasNext={next !== null}
    />
  );
}
