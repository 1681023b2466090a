import type { MediaSource } from '@fairtake/contracts';

/** Takes the source off the element and frees what it held. */
export type Detach = () => void;
type Attach = (video: HTMLVideoElement, url: string, onFatal: () => void) => Detach;

/**
 * Puts one source on the element. `onFatal` is called at most once, when this source cannot be played any further.
 * Safari plays HLS itself and better than any script; everyone else gets hls.js, fetched on first need.
 */
export function attachSource(video: HTMLVideoElement, source: MediaSource, onFatal: () => void): Detach {
  let told = false;
  const tellOnce = () => {
    if (!told) onFatal();
    told = true;
  };
  const attach = source.kind === 'hls' && !playsHlsItself(video) ? attachHls : attachNative;
  return attach(video, source.url, tellOnce);
}

function playsHlsItself(video: HTMLVideoElement): boolean {
  return navigator.vendor.startsWith('Apple') && video.canPlayType('application/vnd.apple.mpegurl') !== '';
}

const loadHls = () => import('hls.js/light');
// The largest file of the player: asked for with this module, while what is to be played is still being read. A
// failure is met, and told, when the player needs it.
if (!navigator.vendor.startsWith('Apple')) loadHls().catch(() => undefined);

/** Putting a source on an element pauses it; whoever pressed play before that need not press again. */
function keepingPlay(video: HTMLVideoElement, put: () => void): void {
  const playing = !video.paused;
  put();
  if (playing) void video.play().catch(() => undefined);
}

const attachNative: Attach = (video, url, onFatal) => {
  video.addEventListener('error', onFatal);
  keepingPlay(video, () => (video.src = url));
  return () => {
    video.removeEventListener('error', onFatal);
    video.removeAttribute('src');
    video.load();
  };
};

const attachHls: Attach = (video, url, onFatal) => {
  let detached = false;
  let destroy = (): void => undefined;
  void loadHls().then(({ default: Hls }) => {
    if (detached) return;
    if (!Hls.isSupported()) return onFatal();
    // Answers are minutes long: demuxing on the main thread spares fetching the library again as a worker.
    const hls = new Hls({ enableWorker: false, startPosition: 0 });
    let mediaRecovered = false;
    hls.on(Hls.Events.ERROR, (_event, data) => {
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR && !mediaRecovered) {
        mediaRecovered = true;
        hls.recoverMediaError();
      } else {
        onFatal();
      }
    });
    hls.loadSource(url);
    keepingPlay(video, () => hls.attachMedia(video));
    destroy = () => hls.destroy();
  }, onFatal);
  return () => {
    detached = true;
    destroy();
  };
};
