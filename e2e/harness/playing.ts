import type { Locator } from 'playwright-core';

export interface Playing {
  /** Frames decoded while watching. */
  frames: number;
  /** Loudest root mean square heard, 1 is full scale. */
  loudness: number;
  seconds: number;
  /** The element's state in the end, for whoever reads a failure. */
  element: string;
}

/** What counts as really playing: a second of picture at a low rate, and sound far above digital silence. */
const PLAYS = { frames: 12, loudness: 0.01 } as const;

/** Fails with the element's state when picture or sound is missing. */
export function expectPlaying(playing: Playing): void {
  const enough = playing.frames >= PLAYS.frames && playing.loudness >= PLAYS.loudness;
  if (!enough) throw new Error(`It does not play: ${JSON.stringify(playing)}`);
}

/**
 * Watches and listens to a playing element until both its picture moves and its sound is heard, or the time is over;
 * returns what there was. An element is listened to once.
 */
export function watchAndListen(video: Locator, timeoutMs = 15_000): Promise<Playing> {
  return video.evaluate(
    async (element, { timeoutMs, enough }) => {
      const media = element as HTMLVideoElement;
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      context.createMediaElementSource(media).connect(analyser);
      analyser.connect(context.destination);
      const samples = new Float32Array(analyser.fftSize);
      const framesBefore = media.getVideoPlaybackQuality().totalVideoFrames;
      const secondsBefore = media.currentTime;
      const deadline = performance.now() + timeoutMs;
      let loudness = 0;
      let frames = 0;
      while (performance.now() < deadline && (frames < enough.frames || loudness < enough.loudness)) {
        await new Promise(requestAnimationFrame);
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
        loudness = Math.max(loudness, Math.sqrt(power));
        frames = media.getVideoPlaybackQuality().totalVideoFrames - framesBefore;
      }
      const { buffered, currentTime, readyState, networkState, paused, error } = media;
      const ranges = Array.from({ length: buffered.length }, (_, at) => [
        buffered.start(at),
        buffered.end(at),
      ]);
      return {
        frames,
        loudness,
        seconds: currentTime - secondsBefore,
        element: JSON.stringify({
          currentTime,
          ranges,
          readyState,
          networkState,
          paused,
          error: error?.message,
        }),
      };
    },
    { timeoutMs, enough: PLAYS },
  );
}
