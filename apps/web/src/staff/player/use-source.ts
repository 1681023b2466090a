import type { AnswerMedia } from '@fairtake/contracts';
import { useEffect, useRef, useState } from 'react';
import { attachSource } from './attach-source';

type SourceState = {
  /** Every source was tried and none could be played. */
  failed: boolean;
  retry: () => void;
};

/**
 * Plays the first source that works, in the server's order. A source that breaks half-way is replaced at the same
 * place. New sources of the same generation (a finished rendition, say) do not interrupt what is playing.
 */
export function useSource(video: HTMLVideoElement | null, media: AnswerMedia): SourceState {
  const sources = useRef(media.sources);
  useEffect(() => {
    sources.current = media.sources;
  });
  const identity = `${media.answerId}:${media.generation}:${media.sources.length > 0}`;
  const [attempt, setAttempt] = useState({ identity, index: 0, round: 0 });
  if (attempt.identity !== identity) setAttempt({ identity, index: 0, round: 0 });

  useEffect(() => {
    const source = sources.current[attempt.index];
    if (!video || !source) return;
    const resumeAt = attempt.index > 0 ? video.currentTime : 0;
    const wasPlaying = attempt.index > 0 && !video.paused;
    const detach = attachSource(video, source, () =>
      setAttempt((current) => ({ ...current, index: current.index + 1 })),
    );
    const resume = () => {
      video.currentTime = resumeAt;
      if (wasPlaying) void video.play().catch(() => undefined);
    };
    if (resumeAt > 0 || wasPlaying) video.addEventListener('loadedmetadata', resume, { once: true });
    return () => {
      video.removeEventListener('loadedmetadata', resume);
      detach();
    };
  }, [video, attempt]);

  return {
    failed: media.sources.length > 0 && attempt.index >= media.sources.length,
    retry: () => setAttempt((current) => ({ ...current, index: 0, round: current.round + 1 })),
  };
}
