import { useEffect } from 'react';
import type { CameraState } from './camera';
import { loadCapture } from './load';

/**
 * After a reload in the middle nobody goes through the device check again: the better recorder then proves itself while
 * the person thinks, and the answer is recorded with the plain one when there is no time for that.
 */
export function useProvenRecorder(camera: CameraState, enhancedRecorder: boolean): void {
  const stream = enhancedRecorder && camera.status === 'live' ? camera.stream : null;
  useEffect(() => {
    const [video] = stream?.getVideoTracks() ?? [];
    // A shared window may stand still for minutes and says nothing of the encoder.
    if (!stream || !video || 'displaySurface' in video.getSettings()) return;
    void loadCapture().then(({ selfTestEnhanced }) => selfTestEnhanced({ stream }));
  }, [stream]);
}
