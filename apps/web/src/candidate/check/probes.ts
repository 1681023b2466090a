import type { CandidateInterview } from '@fairtake/contracts';
import { useEffect, useState } from 'react';
import { readInterview } from '../interview-api';

export type StorageProbe = 'measuring' | 'enough' | 'low';
export type NetworkProbe = 'measuring' | 'good' | 'slow' | 'offline';

const leastBytes = 64 * 1024 * 1024;
/** What the recorder aims at, picture and sound together. */
const bytesPerSecond = 1_250_000 / 8;
const slowMs = 1_500;

/** Whether this device has room for what may have to wait here: twice the longest answer, at least 64 MB. */
export function useStorageProbe(interview: CandidateInterview): StorageProbe {
  const [probe, setProbe] = useState<StorageProbe>('measuring');
  const longest = Math.max(0, ...interview.questions.map(({ answerSeconds }) => answerSeconds));
  useEffect(() => {
    const needed = Math.max(leastBytes, 2 * longest * bytesPerSecond);
    void freeBytes().then((free) => setProbe(free === null || free >= needed ? 'enough' : 'low'));
  }, [longest]);
  return probe;
}

async function freeBytes(): Promise<number | null> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined ? null : quota - (usage ?? 0);
  } catch {
    return null;
  }
}

/** How promptly the server answers. A picture of the connection, not a measure of its speed. */
export function useNetworkProbe(interviewId: string): NetworkProbe {
  const [probe, setProbe] = useState<NetworkProbe>('measuring');
  useEffect(() => {
    const startedAt = performance.now();
    readInterview(interviewId).then(
      () => setProbe(performance.now() - startedAt > slowMs ? 'slow' : 'good'),
      () => setProbe('offline'),
    );
  }, [interviewId]);
  return probe;
}
