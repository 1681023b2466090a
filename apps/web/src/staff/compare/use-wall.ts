import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { rememberRate, rememberedRate } from '../player/rate-memory';
import { correction } from './drift';

const correctEveryMs = 500;

export type Wall = {
  /** Gives the wall a pane's element, null when it leaves. */
  register: (index: number, video: HTMLVideoElement | null) => void;
  /** The one pane that is heard. */
  audible: number;
  listenTo: (index: number) => void;
  playing: boolean;
  togglePlaying: () => void;
  seekBy: (seconds: number) => void;
  rate: number;
  setRate: (rate: number) => void;
  /** Panes keep to one clock; off, each is played by itself. */
  together: boolean;
  setTogether: (together: boolean) => void;
};

/** Two to four players as one: start, stop, seek and speed together, one audible, drift corrected. */
export function useWall(): Wall {
  const videos = useRef(new Map<number, HTMLVideoElement>());
  const [audible, setAudible] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [together, setTogether] = useState(true);
  const [rate, setRateState] = useState(rememberedRate);
  const [revision, setRevision] = useState(0);

  const register = useCallback((index: number, video: HTMLVideoElement | null) => {
    if (video) videos.current.set(index, video);
    else videos.current.delete(index);
    setRevision((present) => present + 1);
  }, []);
  useEffect(() => {
    for (const [index, video] of videos.current) video.muted = index !== audible;
  }, [audible, revision]);

  // The wall plays while any of its panes does; the last to end stops it.
  useEffect(() => {
    const read = () =>
      setPlaying([...videos.current.values()].some((video) => !video.paused && !video.ended));
    const present = [...videos.current.values()];
    for (const video of present)
      for (const event of ['play', 'pause', 'ended'] as const) video.addEventListener(event, read);
    return () => {
      for (const video of present)
        for (const event of ['play', 'pause', 'ended'] as const) video.removeEventListener(event, read);
    };
  }, [revision]);

  useEffect(() => {
    if (!playing || !together) return;
    const keepTogether = () => {
      const running = [...videos.current.values()].filter((video) => !video.paused && !video.ended);
      const heard = videos.current.get(audible);
      const leader = heard && running.includes(heard) ? heard : running[0];
      if (!leader) return;
      leader.playbackRate = rate;
      for (const video of running) {
        if (video === leader) continue;
        const fix = correction(leader.currentTime, video.currentTime);
        video.playbackRate = fix.kind === 'rate' ? rate * fix.factor : rate;
        if (fix.kind === 'seek' && leader.currentTime < (video.duration || Infinity))
          video.currentTime = leader.currentTime;
      }
    };
    const timer = setInterval(keepTogether, correctEveryMs);
    return () => clearInterval(timer);
  }, [playing, together, audible, rate]);

  return useMemo(() => {
    const all = () => [...videos.current.values()];
    return {
      register,
      audible,
      listenTo: setAudible,
      playing,
      togglePlaying: () => {
        if (playing) return all().forEach((video) => video.pause());
        for (const video of all()) void video.play().catch(() => undefined);
      },
      seekBy: (seconds) => {
        for (const video of all()) video.currentTime = Math.max(0, video.currentTime + seconds);
      },
      rate,
      setRate: (next) => {
        rememberRate(next);
        setRateState(next);
        for (const video of all()) video.playbackRate = video.defaultPlaybackRate = next;
      },
      together,
      setTogether,
    };
  }, [register, audible, playing, rate, together]);
}
