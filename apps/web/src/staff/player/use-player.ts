import type { AnswerMedia } from '@fairtake/contracts';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { playbackEvents, readPlayback, stillPlayback, type PlaybackState } from './playback-state';
import { rememberRate, rememberedRate, stepRate } from './rate-memory';
import { usePlaybackBeacon } from './use-playback-beacon';
import { useSource } from './use-source';

export type PlayerControls = {
  play: () => void;
  pause: () => void;
  toggle: () => void;
  seekTo: (seconds: number) => void;
  seekBy: (seconds: number) => void;
  setRate: (rate: number) => void;
  stepRate: (direction: 1 | -1) => void;
  setMuted: (muted: boolean) => void;
  setVolume: (volume: number) => void;
};

export type Player = {
  media: AnswerMedia;
  /** Callback ref of the `<video>`. */
  attach: (video: HTMLVideoElement | null) => void;
  video: HTMLVideoElement | null;
  state: PlaybackState;
  /** The verified length when the server knows it, else what the element says. */
  durationSeconds: number;
  failed: boolean;
  retry: () => void;
  controls: PlayerControls;
};

/** One answer in one `<video>`: its sources, its state, and what can be done with it. */
export function usePlayer(media: AnswerMedia): Player {
  const [video, attach] = useState<HTMLVideoElement | null>(null);
  const [state, setState] = useState<PlaybackState>(stillPlayback);
  const { failed, retry } = useSource(video, media);
  usePlaybackBeacon(video, media);

  useEffect(() => {
    if (!video) return;
    const read = () => setState(readPlayback(video));
    const start = () => {
      video.preservesPitch = true;
      video.defaultPlaybackRate = rememberedRate();
      video.playbackRate = rememberedRate();
    };
    start();
    video.addEventListener('loadedmetadata', start);
    for (const event of playbackEvents) video.addEventListener(event, read);
    return () => {
      video.removeEventListener('loadedmetadata', start);
      for (const event of playbackEvents) video.removeEventListener(event, read);
    };
  }, [video]);

  const durationSeconds = media.durationSeconds ?? state.durationSeconds;
  const seekTo = useCallback(
    (seconds: number) => {
      if (!video) return;
      video.currentTime = Math.min(Math.max(0, seconds), durationSeconds || Infinity);
    },
    [video, durationSeconds],
  );
  const controls = useMemo<PlayerControls>(() => {
    // A browser may refuse to start sound without a press; the button then still shows "play".
    const play = () => void video?.play().catch(() => undefined);
    const setRate = (rate: number) => {
      rememberRate(rate);
      if (video) video.playbackRate = video.defaultPlaybackRate = rate;
    };
    return {
      play,
      pause: () => video?.pause(),
      toggle: () => (video?.paused ? play() : video?.pause()),
      seekTo,
      seekBy: (seconds) => video && seekTo(video.currentTime + seconds),
      setRate,
      stepRate: (direction) => video && setRate(stepRate(video.playbackRate, direction)),
      setMuted: (muted) => video && (video.muted = muted),
      setVolume: (volume) => {
        if (!video) return;
        video.volume = volume;
        video.muted = volume === 0;
      },
    };
  }, [video, seekTo]);

  return { media, attach, video, state, durationSeconds, failed, retry, controls };
}
