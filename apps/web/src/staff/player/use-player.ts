import type { AnswerMedia } from '@fairtake/contracts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
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
  /** Play was asked for and nothing has played yet: putting a source on the element pauses it. */
  const wanted = useRef(false);

  useEffect(() => {
    if (!video) return;
    const read = () => setState(readPlayback(video));
    const start = () => {
      video.preservesPitch = true;
      video.defaultPlaybackRate = rememberedRate();
      video.playbackRate = rememberedRate();
      if (wanted.current) void video.play().catch(() => undefined);
    };
    const playing = () => (wanted.current = false);
    start();
    video.addEventListener('loadedmetadata', start);
    video.addEventListener('playing', playing);
    for (const event of playbackEvents) video.addEventListener(event, read);
    return () => {
      video.removeEventListener('loadedmetadata', start);
      video.removeEventListener('playing', playing);
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
    const play = () => {
      wanted.current = true;
      void video?.play().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') wanted.current = false;
      });
    };
    const pause = () => {
      wanted.current = false;
      video?.pause();
    };
    const setRate = (rate: number) => {
      rememberRate(rate);
      if (video) video.playbackRate = video.defaultPlaybackRate = rate;
    };
    return {
      play,
      pause,
      toggle: () => (video?.paused && !wanted.current ? play() : pause()),
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
