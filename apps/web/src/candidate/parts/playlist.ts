/**
 * Several recordings played one after the other as if they were one: an answer that was cut by a reload has a part
 * before and a part after.
 */
export type Spot = { part: number; seconds: number };

/** Where in which part a moment of the whole lies. Beyond the end: the end of the last part. */
export function spotAt(durations: readonly number[], seconds: number): Spot {
  let left = Math.max(0, seconds);
  for (const [part, length] of durations.entries()) {
    const last = part === durations.length - 1;
    if (left < length || last) return { part, seconds: Math.min(left, length) };
    left -= length;
  }
  return { part: 0, seconds: 0 };
}

/** The moment of the whole that a spot in a part is. */
export function wholeAt(durations: readonly number[], spot: Spot): number {
  return durations.slice(0, spot.part).reduce((sum, length) => sum + length, 0) + spot.seconds;
}

/** Real length of a recording. Recorders write none into their files; the browser finds it by looking for the end. */
export function measureSeconds(url: string, timeoutMs = 4_000): Promise<number | null> {
  return new Promise((resolve) => {
    const video = document.createElement('video');
    const finish = (seconds: number | null) => {
      clearTimeout(timer);
      video.removeAttribute('src');
      video.load();
      resolve(seconds);
    };
    const timer = setTimeout(() => finish(null), timeoutMs);
    video.preload = 'metadata';
    video.muted = true;
    video.onloadedmetadata = () => {
      if (Number.isFinite(video.duration)) finish(video.duration);
      else video.currentTime = Number.MAX_SAFE_INTEGER;
    };
    video.ondurationchange = () => {
      if (Number.isFinite(video.duration) && video.duration > 0) finish(video.duration);
    };
    video.onerror = () => finish(null);
    video.src = url;
  });
}
