import { SoundJudge, type HeardSoFar } from '@fairtake/capture';
import { useEffect, useState } from 'react';
import { useRecording } from '../recording/recording-context';

/** What the microphone has brought since this stream was opened. */
export function useHeard(stream: MediaStream | null): HeardSoFar {
  const { camera } = useRecording();
  const [heard, setHeard] = useState<HeardSoFar>('nothing_yet');
  useEffect(() => {
    setHeard('nothing_yet');
    if (!stream) return;
    const judge = new SoundJudge();
    return camera.subscribeLevel((reading) => setHeard(judge.add(reading)));
  }, [camera, stream]);
  return heard;
}
