import { openDevices, type DeviceFailure, type DeviceOutcome, type DeviceRequest } from './device-check';

export type ScreenOutcome =
  | { ok: true; stream: MediaStream }
  /** `screen` null means that the microphone is to blame. */
  | { ok: false; screen: DeviceFailure | null; microphone: DeviceFailure | null };

/** What sharing takes from the browser. */
export interface ScreenEnvironment {
  mediaDevices: Pick<MediaDevices, 'getDisplayMedia'> | undefined;
  openMicrophone: (request: DeviceRequest) => Promise<DeviceOutcome>;
  joinTracks: (tracks: MediaStreamTrack[]) => MediaStream;
}

/** Phones have no `getDisplayMedia`. */
export const canShareScreen = (): boolean =>
  typeof globalThis.navigator?.mediaDevices?.getDisplayMedia === 'function';

const browserScreen = (): ScreenEnvironment => ({
  mediaDevices: canShareScreen() ? navigator.mediaDevices : undefined,
  openMicrophone: (request) => openDevices(request),
  joinTracks: (tracks) => new MediaStream(tracks),
});

/** Words stay readable at few pictures a second; what moves is rarely the point. */
const [framesPerSecond, maxFramesPerSecond] = [10, 15];

const screens = new WeakSet<MediaStreamTrack>();

/** Whether this is a picture of a screen: it stands still for minutes, changes size and must stay sharp. */
export const isSharedScreen = (stream: MediaStream): boolean =>
  stream.getVideoTracks().some((track) => screens.has(track));

/** The same of one track. */
export const isScreenTrack = (track: MediaStreamTrack): boolean => screens.has(track);

/**
 * Asks the person for a window or screen, then opens the microphone, as one stream. Call it in a press: browsers share
 * nothing without one. The sound of the computer is not asked for. The caller stops the tracks of a stream it got.
 */
export async function openSharedScreen(
  microphone: boolean | string = true,
  environment: ScreenEnvironment = browserScreen(),
): Promise<ScreenOutcome> {
  const { mediaDevices } = environment;
  if (!mediaDevices) return { ok: false, screen: 'unsupported', microphone: null };
  let shared: MediaStream;
  try {
    shared = await mediaDevices.getDisplayMedia({
      video: { frameRate: { ideal: framesPerSecond, max: maxFramesPerSecond } },
      audio: false,
    });
  } catch (error) {
    const screen = (error as DOMException).name === 'NotAllowedError' ? 'dismissed' : 'unknown';
    return { ok: false, screen, microphone: null };
  }
  const voice = await environment.openMicrophone({ camera: false, microphone });
  if (!voice.ok) {
    for (const track of shared.getTracks()) track.stop();
    return { ok: false, screen: null, microphone: voice.microphone };
  }
  for (const track of shared.getVideoTracks()) {
    track.contentHint = 'detail';
    screens.add(track);
  }
  return {
    ok: true,
    stream: environment.joinTracks([...shared.getVideoTracks(), ...voice.stream.getAudioTracks()]),
  };
}
