import { recordableTypes } from '@fairtake/capture';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Length of the test, as promised on the screen. */
export const testSeconds = 6;

export type TestClip =
  | { state: 'none' }
  | { state: 'recording'; startedAtMs: number }
  | { state: 'recorded'; blobs: readonly Blob[]; levels: readonly number[] }
  | { state: 'failed' };

type SubscribeLevel = (listener: (reading: { level: number }) => void) => () => void;

/** Records six seconds into memory, for play-back here. Never written, never sent, gone with the page. */
export function useTestClip(subscribeLevel: SubscribeLevel): {
  clip: TestClip;
  record: (stream: MediaStream) => void;
  clear: () => void;
} {
  const [clip, setClip] = useState<TestClip>({ state: 'none' });
  const running = useRef<(() => void) | null>(null);

  useEffect(() => () => running.current?.(), []);

  const record = useCallback(
    (stream: MediaStream) => {
      running.current?.();
      const parts: Blob[] = [];
      const levels: number[] = [];
      let wanted = true;
      const video = stream.getVideoTracks().length > 0;
      const recorder = makeRecorder(stream, video ? 'video' : 'audio');
      if (!recorder) return setClip({ state: 'failed' });
      const unsubscribe = subscribeLevel(({ level }) => levels.push(level));
      recorder.ondataavailable = (event) => {
        if (event.data.size > 0) parts.push(event.data);
      };
      recorder.onstop = () => {
        unsubscribe();
        if (wanted)
          setClip({ state: 'recorded', blobs: [new Blob(parts, { type: recorder.mimeType })], levels });
      };
      recorder.start();
      const timer = setTimeout(() => recorder.stop(), testSeconds * 1000);
      running.current = () => {
        wanted = false;
        clearTimeout(timer);
        if (recorder.state !== 'inactive') recorder.stop();
      };
      setClip({ state: 'recording', startedAtMs: performance.now() });
    },
    [subscribeLevel],
  );

  const clear = useCallback(() => {
    running.current?.();
    setClip({ state: 'none' });
  }, []);

  return { clip, record, clear };
}

function makeRecorder(stream: MediaStream, kind: 'video' | 'audio'): MediaRecorder | null {
  try {
    const supported = (type: string) => MediaRecorder.isTypeSupported(type);
    const [mimeType] = recordableTypes(kind === 'video', supported);
    return new MediaRecorder(stream, mimeType ? { mimeType, videoBitsPerSecond: 1_200_000 } : {});
  } catch {
    return null;
  }
}
