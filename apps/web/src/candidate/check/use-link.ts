import { adviseOnLink, probeLink, removeProbe, type LinkAdvice } from '@fairtake/capture';
import { limits } from '@fairtake/contracts/limits';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';

export type LinkState =
  /** Nothing was sent yet: the link is measured with the test recording. */
  { name: 'waiting' | 'measuring' | 'offline' | 'unavailable' } | { name: 'measured'; advice: LinkAdvice };

/**
 * Sends the test recording as an answer would be sent, and says what the link is like. What was sent is removed from
 * the server when the page is left, or another recording takes its place.
 */
export function useLink(interviewId: string, answerSeconds: number) {
  const [link, setLink] = useState<LinkState>({ name: 'waiting' });
  const sent = useRef<{ leave: () => void } | null>(null);

  const measure = useCallback(
    (blobs: readonly Blob[]) => {
      sent.current?.leave();
      const abort = new AbortController();
      const options = { interviewId, probeId: uuidv7(), signal: abort.signal };
      sent.current = {
        leave: () => {
          abort.abort();
          void removeProbe(options);
        },
      };
      setLink({ name: 'measuring' });
      void bytesOf(blobs)
        .then((clip) => probeLink(clip, options))
        .then((result) => {
          if (abort.signal.aborted) return;
          if (result.outcome !== 'measured') return setLink({ name: result.outcome });
          setLink({ name: 'measured', advice: adviseOnLink(result.bytesPerSecond, answerSeconds) });
        });
    },
    [interviewId, answerSeconds],
  );

  useEffect(() => {
    const leave = () => {
      sent.current?.leave();
      sent.current = null;
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return { link, measure };
}

/** A noisy picture can come out larger than a test may be; its beginning measures as well. */
async function bytesOf(blobs: readonly Blob[]): Promise<Uint8Array> {
  return new Uint8Array(await new Blob([...blobs]).slice(0, limits.probeMaxBytes).arrayBuffer());
}
