import type { CandidateAnswer } from '@fairtake/contracts';
import { useEffect, useState } from 'react';

type ReceivedTake = CandidateAnswer['takes'][number];

/**
 * A recording of this question that another device sent while this page was open; null for what was there before, and
 * for recordings of this device.
 */
export function useReceivedElsewhere(
  answer: CandidateAnswer | undefined,
  isOwn: (takeId: string) => boolean,
): ReceivedTake | null {
  const received = (answer?.takes ?? []).filter((take) => take.state === 'finalised');
  const [before] = useState(() => new Set(received.map((take) => take.takeId)));
  const [shown, setShown] = useState<ReceivedTake | null>(null);
  const newest = received.findLast((take) => !before.has(take.takeId) && !isOwn(take.takeId));
  const newestId = newest?.takeId;
  useEffect(() => {
    if (newest) setShown(newest);
    // Once per recording: every word of the server is another object.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [newestId]);
  return shown;
}
