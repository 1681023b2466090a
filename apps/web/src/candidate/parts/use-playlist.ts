import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { measureSeconds, spotAt, wholeAt } from './playlist';

export type Playlist = {
  video: RefObject<HTMLVideoElement | null>;
  src: string | undefined;
  playing: boolean;
  position: number;
  total: number;
  toggle: () => void;
  seek: (seconds: number) => void;
  /** Handlers of the video element. */
  on: {
    onTimeUpdate: () => void;
    onEnded: () => void;
    onPlay: () => void;
    onPause: () => void;
    onLoadedMetadata: () => void;
  };
};

/** Plays recordings of this device one after the other on one video element. */
export function usePlaylist(blobs: readonly Blob[], expectedSeconds: number): Playlist {
  const video = useRef<HTMLVideoElement>(null);
  const [urls, setUrls] = useState<string[]>([]);
  const [durations, setDurations] = useState<number[]>([]);
  const [part, setPart] = useState(0);
  const [position, setPosition] = useState(0);
  const [playing, setPlaying] = useState(false);
  /** Set while another part loads: where to go in it, and whether to play on. */
  const arriving = useRef<{ seconds: number; play: boolean } | null>(null);

  useEffect(() => {
    const made = blobs.map((blob) => URL.createObjectURL(blob));
    const element = video.current;
    let current = true;
    setUrls(made);
    setPart(0);
    setPosition(0);
    const measuring = Promise.all(made.map((url) => measureSeconds(url))).then((found) => {
      if (current) setDurations(found.map((seconds) => seconds ?? expectedSeconds / found.length));
    });
    return () => {
      current = false;
      element?.removeAttribute('src');
      element?.load();
      // Only when nothing reads them any more.
      void measuring.then(() => made.forEach((url) => URL.revokeObjectURL(url)));
    };
  }, [blobs, expectedSeconds]);

  const total = durations.length > 0 ? durations.reduce((sum, seconds) => sum + seconds, 0) : expectedSeconds;

  const moveTo = useCallback(
    (seconds: number, play: boolean) => {
      const spot = spotAt(durations, seconds);
      setPosition(seconds);
      if (spot.part !== part) {
        arriving.current = { seconds: spot.seconds, play };
        setPart(spot.part);
        return;
      }
      if (!video.current) return;
      video.current.currentTime = spot.seconds;
      if (play) void video.current.play();
    },
    [durations, part],
  );

  const on = useMemo(
    () => ({
      onTimeUpdate: () => {
        if (!arriving.current)
          setPosition(wholeAt(durations, { part, seconds: video.current?.currentTime ?? 0 }));
      },
      onEnded: () => {
        if (part + 1 < urls.length) {
          arriving.current = { seconds: 0, play: true };
          setPart(part + 1);
          return;
        }
        setPlaying(false);
        setPosition(total);
      },
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(arriving.current?.play ?? false),
      onLoadedMetadata: () => {
        const wish = arriving.current;
        arriving.current = null;
        if (!wish || !video.current) return;
        video.current.currentTime = wish.seconds;
        if (wish.play) void video.current.play();
      },
    }),
    [durations, part, total, urls.length],
  );

  return {
    video,
    src: urls[part],
    playing,
    position,
    total,
    toggle: () => {
      if (playing) video.current?.pause();
      else if (position >= total - 0.05) moveTo(0, true);
      else void video.current?.play();
    },
    seek: (seconds) => moveTo(Math.min(total, Math.max(0, seconds)), playing),
    on,
  };
}
