import { useEffect, useState } from 'react';
import { useRecording } from '../recording/recording-context';

/** Below this nobody is speaking: a quiet room measures about 0.2 on the meter's scale. */
const speechLevel = 0.35;
const silentForMs = 3_000;

/** What the microphone has brought so far. Once speech was heard, a pause is only a pause. */
export function useHeard(): 'nothing_yet' | 'speech' | 'silent' {
  const { camera } = useRecording();
  const [heard, setHeard] = useState<'nothing_yet' | 'speech' | 'silent'>('nothing_yet');
  useEffect(
    () =>
      camera.subscribeLevel(({ level, silentMs }) => {
        if (level >= speechLevel) setHeard('speech');
        else if (silentMs >= silentForMs) setHeard((before) => (before === 'speech' ? before : 'silent'));
      }),
    [camera],
  );
  return heard;
}
