import type { Clock } from '../clock';
import type { RecordingFault } from './recorder';

/** Shorter mutes happen when a Bluetooth headset changes profile; longer ones are a hole in the answer. */
const muteToleranceMs = 1_500;

/** Reports tracks that end or stay muted. Returns the function that stops watching. */
export function watchTracks(
  stream: MediaStream,
  clock: Clock,
  onFault: (fault: RecordingFault) => void,
): () => void {
  const stops = stream.getTracks().map((track) => watchTrack(track, clock, onFault));
  return () => {
    for (const stop of stops) stop();
  };
}

function watchTrack(
  track: MediaStreamTrack,
  clock: Clock,
  onFault: (fault: RecordingFault) => void,
): () => void {
  const device = track.kind === 'video' ? 'camera' : 'microphone';
  let cancelMute = (): void => undefined;
  const ended = (): void => onFault({ kind: 'device_ended', device, detail: track.label });
  const muted = (): void => {
    cancelMute();
    cancelMute = clock.after(muteToleranceMs, () =>
      onFault({ kind: 'device_muted', device, detail: track.label }),
    );
  };
  const unmuted = (): void => cancelMute();
  track.addEventListener('ended', ended);
  track.addEventListener('mute', muted);
  track.addEventListener('unmute', unmuted);
  if (track.muted) muted();
  return () => {
    cancelMute();
    track.removeEventListener('ended', ended);
    track.removeEventListener('mute', muted);
    track.removeEventListener('unmute', unmuted);
  };
}
