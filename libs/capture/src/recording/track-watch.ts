import type { Clock } from '../clock';
import { isScreenTrack } from '../devices/shared-screen';
import type { RecordingFault } from './recorder';

/** Shorter mutes happen when a Bluetooth headset changes profile; longer ones are a hole in the answer. */
const muteToleranceMs = 1_500;

/**
 * Reports tracks that end or stay muted. A call or an app switch on iOS mutes the tracks and may freeze the page's
 * timers with it, so a mute in a page nobody sees, and one found to have been long when it ends, count as well.
 * Returns the function that stops watching.
 */
export function watchTracks(
  tracks: readonly MediaStreamTrack[],
  clock: Clock,
  onFault: (fault: RecordingFault) => void,
  page: PageVisibility | undefined = globalThis.document,
): () => void {
  const stops = tracks.map((track) => watchTrack(track, clock, onFault, page));
  return () => {
    for (const stop of stops) stop();
  };
}

/** The part of `document` that tells whether anybody sees the page. */
export type PageVisibility = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

function watchTrack(
  track: MediaStreamTrack,
  clock: Clock,
  onFault: (fault: RecordingFault) => void,
  page: PageVisibility | undefined,
): () => void {
  const device = track.kind === 'video' ? 'camera' : 'microphone';
  let mutedAtMs: number | null = null;
  let cancelMute = (): void => undefined;
  const ended = (): void => onFault({ kind: 'device_ended', device, detail: track.label });
  const tooLong = (): void => onFault({ kind: 'device_muted', device, detail: track.label });
  const muted = (): void => {
    cancelMute();
    mutedAtMs = clock.nowMs();
    if (page?.visibilityState === 'hidden') tooLong();
    else cancelMute = clock.after(muteToleranceMs, tooLong);
  };
  const unmuted = (): void => {
    cancelMute();
    if (mutedAtMs !== null && clock.nowMs() - mutedAtMs >= muteToleranceMs) tooLong();
    mutedAtMs = null;
  };
  const seenOrNot = (): void => {
    if (page?.visibilityState === 'hidden' && track.muted) tooLong();
  };
  track.addEventListener('ended', ended);
  // A shared window that is covered or put away mutes its picture; the person goes on talking.
  if (isScreenTrack(track)) {
    if (track.readyState === 'ended') ended();
    return () => track.removeEventListener('ended', ended);
  }
  track.addEventListener('mute', muted);
  track.addEventListener('unmute', unmuted);
  page?.addEventListener('visibilitychange', seenOrNot);
  if (track.readyState === 'ended') ended();
  else if (track.muted) muted();
  return () => {
    cancelMute();
    track.removeEventListener('ended', ended);
    track.removeEventListener('mute', muted);
    track.removeEventListener('unmute', unmuted);
    page?.removeEventListener('visibilitychange', seenOrNot);
  };
}
