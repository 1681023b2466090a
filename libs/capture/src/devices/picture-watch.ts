import { judgePicture, measurePicture, type PictureSample, type PictureVerdict } from './picture-judge';

const windowMs = 2_000;
const sampleEveryMs = 200;
/** Small enough that nobody could be recognised in it, large enough for light and movement. */
const width = 32;
const height = 18;

/**
 * Looks at the camera's picture again and again and says what it is like, about every two seconds, until the returned
 * function is called. Works on this device alone: pictures are made tiny, turned into three numbers and forgotten;
 * nothing is recorded and no face is looked for. Says nothing while the page is hidden, when browsers stop pictures.
 */
export function watchPicture(stream: MediaStream, onVerdict: (verdict: PictureVerdict) => void): () => void {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  void video.play().catch(() => undefined);
  const look = tinyPicture(video);
  let samples: PictureSample[] = [];
  let luma: Uint8Array | null = null;
  let startedAtMs = performance.now();
  const frames = countFrames(video);
  const begin = (): void => {
    samples = [];
    startedAtMs = performance.now();
    frames.reset();
  };
  const timer = setInterval(() => {
    if (document.hidden) return begin();
    const pixels = frames.count > 0 ? look() : null;
    if (pixels) {
      const measured = measurePicture(pixels, luma);
      luma = measured.luma;
      samples.push(measured.sample);
    }
    const elapsedMs = performance.now() - startedAtMs;
    if (elapsedMs < windowMs) return;
    onVerdict(judgePicture({ framesPerSecond: (frames.count * 1_000) / elapsedMs, samples }));
    begin();
  }, sampleEveryMs);
  return () => {
    clearInterval(timer);
    frames.stop();
    video.srcObject = null;
  };
}

/** Counts pictures as they are presented; without that callback, changes of the playing position. */
function countFrames(video: HTMLVideoElement): { readonly count: number; reset(): void; stop(): void } {
  let count = 0;
  let stopped = false;
  if ('requestVideoFrameCallback' in video) {
    const next = (): void => {
      count++;
      if (!stopped) video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  } else {
    let lastTime = -1;
    const next = (): void => {
      const { currentTime } = video as HTMLVideoElement;
      if (currentTime !== lastTime) count++;
      lastTime = currentTime;
      if (!stopped) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  }
  return {
    get count() {
      return count;
    },
    reset: () => void (count = 0),
    stop: () => void (stopped = true),
  };
}

/** Reads the picture shown now as RGBA; null where the browser gives none. */
function tinyPicture(video: HTMLVideoElement): () => Uint8ClampedArray | null {
  const canvas =
    typeof OffscreenCanvas === 'function'
      ? new OffscreenCanvas(width, height)
      : Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true }) as
    CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  return () => {
    if (!context || video.videoWidth === 0) return null;
    context.drawImage(video, 0, 0, width, height);
    return context.getImageData(0, 0, width, height).data;
  };
}
