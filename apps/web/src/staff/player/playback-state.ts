/** What a player shows, read off the element at each of its events. */
export type PlaybackState = {
  timeSeconds: number;
  /** The element's own; 0 until known, and for files that do not say. */
  durationSeconds: number;
  paused: boolean;
  waiting: boolean;
  rate: number;
  volume: number;
  muted: boolean;
};

export const stillPlayback: PlaybackState = {
  timeSeconds: 0,
  durationSeconds: 0,
  paused: true,
  waiting: false,
  rate: 1,
  volume: 1,
  muted: false,
};

export function readPlayback(video: HTMLVideoElement): PlaybackState {
  return {
    timeSeconds: video.currentTime,
    durationSeconds: Number.isFinite(video.duration) ? video.duration : 0,
    paused: video.paused,
    waiting: !video.paused && video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA && !video.ended,
    rate: video.playbackRate,
    volume: video.volume,
    muted: video.muted,
  };
}

export const playbackEvents = [
  'loadedmetadata',
  'durationchange',
  'timeupdate',
  'seeking',
  'seeked',
  'play',
  'playing',
  'pause',
  'waiting',
  'canplay',
  'ended',
  'ratechange',
  'volumechange',
  'emptied',
] as const;
