import { probeStorage, type StorageVerdict } from '@fairtake/capture';
import type { CandidateInterview } from '@fairtake/contracts';
import { useEffect, useState } from 'react';

/** What the recorder aims at, picture and sound together. */
const bytesPerSecond = 1_250_000 / 8;

/** Whether this device keeps what is written, and has room for twice the longest answer; null while it is tried. */
export function useStorage({ questions }: CandidateInterview): StorageVerdict | null {
  const [verdict, setVerdict] = useState<StorageVerdict | null>(null);
  const longest = longestAnswerSeconds(questions);
  useEffect(() => {
    let wanted = true;
    void probeStorage(longest * bytesPerSecond).then((found) => wanted && setVerdict(found));
    return () => {
      wanted = false;
    };
  }, [longest]);
  return verdict;
}

export function longestAnswerSeconds(questions: CandidateInterview['questions']): number {
  return Math.max(30, ...questions.map(({ answerSeconds }) => answerSeconds));
}
