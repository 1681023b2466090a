import type { Clock } from '../clock';
import { sizeAt, type Rung } from './ladder';

/** A camera that does not answer must not hold the recording up. */
const timeoutMs = 1_000;

/**
 * Asks the camera for about the size and frame rate of a rung. Only a wish: browsers may leave the encoded size as it
 * was (then only the bitrate falls, and the bytes really produced tell). Never rejects.
 */
export async function fitCamera(stream: MediaStream, rung: Rung, clock: Clock): Promise<void> {
  const [track] = stream.getVideoTracks();
  if (!track || rung.shortSide === null) return;
  const { width, height } = track.getSettings();
  const full = fullSizes.get(track) ?? (width && height ? { width, height } : null);
  if (!full) return;
  fullSizes.set(track, full);
  const size = sizeAt(rung, full);
  if (size.width === width && size.height === height) return;
  const wish = {
    width: { ideal: size.width },
    height: { ideal: size.height },
    frameRate: { ideal: rung.framesPerSecond },
  };
  await new Promise<void>((resolve) => {
    const cancel = clock.after(timeoutMs, resolve);
    const done = (): void => {
      cancel();
      resolve();
    };
    track.applyConstraints(wish).then(done, done);
  });
}

/** What each camera gave before anybody asked it for less: rungs are measured against this. */
const fullSizes = new WeakMap<MediaStreamTrack, { width: number; height: number }>();
