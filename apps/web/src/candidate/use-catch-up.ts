import { useEffect, useState } from 'react';
import { useRecording } from './recording/recording-context';

/**
 * True from when another tab had the interview until this one knows what was done there: its recordings are read
 * from the journal and from the server. A question shown before would not offer what the other tab recorded.
 */
export function useCatchUp(refresh: () => Promise<void>): boolean {
  const { session, snapshot } = useRecording();
  const isOwner = snapshot.ownership === 'owner';
  const [behind, setBehind] = useState(false);
  useEffect(() => {
    if (!isOwner) setBehind(true);
    if (!session || !isOwner || !behind) return;
    let wanted = true;
    // For the owner taking over only waits until the journal has been read.
    void Promise.allSettled([session.takeOver(), refresh()]).then(() => {
      if (wanted) setBehind(false);
    });
    return () => {
      wanted = false;
    };
  }, [session, isOwner, behind, refresh]);
  return behind;
}
