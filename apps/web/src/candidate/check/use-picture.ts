import { watchPicture, type PictureVerdict } from '@fairtake/capture';
import { useEffect, useState } from 'react';

/** What the camera's picture is like; null until it was looked at. */
export function usePicture(stream: MediaStream | null): PictureVerdict | null {
  const [verdict, setVerdict] = useState<PictureVerdict | null>(null);
  useEffect(() => {
    setVerdict(null);
    return stream ? watchPicture(stream, setVerdict) : undefined;
  }, [stream]);
  return verdict;
}
