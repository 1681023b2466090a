import { selfTestEnhanced, type CaptureSession, type MemoryRecording } from '@fairtake/capture';
import { useCallback, useEffect, useRef, useState } from 'react';

/** Length of the test, as promised on the screen. */
export const testSeconds = 6;

export type TestClip =
  | { state: 'none' | 'starting' | 'failed' }
  | { state: 'recording'; startedAtMs: number }
  | { state: 'recorded'; blobs: readonly Blob[]; levels: readonly number[] };

type SubscribeLevel = (listener: (reading: { level: number }) => void) => () => void;

/** Records six seconds into memory with the recorder that answers will be recorded with. */
export function useTestClip(
  session: CaptureSession | null,
  subscribeLevel: SubscribeLevel,
  /** What the installation says: without it the plain recorder records, and nothing has to be proved. */
  enhancedRecorder: boolean,
): { clip: TestClip; record: (stream: MediaStream) => void; clear: () => void } {
  const [clip, setClip] = useState<TestClip>({ state: 'none' });
  /** Ends whatever runs; its result is unwanted then. */
  const abandon = useRef<() => void>(() => undefined);
  useEffect(() => () => abandon.current(), []);

  const record = useCallback(
    (stream: MediaStream) => {
      abandon.current();
      let wanted = true;
      let recording: MemoryRecording | null = null;
      abandon.current = () => {
        wanted = false;
        void recording?.abandon();
      };
      const run = async (): Promise<void> => {
        if (!session) throw new Error('The journal is not open');
        // Once in a page; answers use the better recorder only where it has passed.
        if (enhancedRecorder && stream.getVideoTracks().length > 0) await selfTestEnhanced({ stream });
        recording = await session.recordToMemory(stream);
        if (!wanted) return void recording.abandon();
        const startedAtMs = performance.now();
        setClip({ state: 'recording', startedAtMs });
        const levels = await levelsFor(testSeconds * 1000, subscribeLevel);
        const { blobs } = await recording.stop();
        if (wanted) setClip(blobs.length > 0 ? { state: 'recorded', blobs, levels } : { state: 'failed' });
      };
      setClip({ state: 'starting' });
      run().catch(() => wanted && setClip({ state: 'failed' }));
    },
    [session, subscribeLevel, enhancedRecorder],
  );

  const clear = useCallback(() => {
    abandon.current();
    setClip({ state: 'none' });
  }, []);
  return { clip, record, clear };
}

/** Loudness heard during the given time. */
async function levelsFor(durationMs: number, subscribeLevel: SubscribeLevel): Promise<number[]> {
  const levels: number[] = [];
  const unsubscribe = subscribeLevel(({ level }) => levels.push(level));
  await new Promise((resolve) => setTimeout(resolve, durationMs));
  unsubscribe();
  return levels;
}
