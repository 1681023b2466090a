import type { AnswerMedia } from '@fairtake/contracts';
import { useEffect } from 'react';
import { v4 as randomId } from 'uuid';
import { requestJson } from '../../api/api-client';

/** Tells the server that an answer was played, or read. */
export function tellPlayback(answerId: string, generation: number): void {
  const body = { playbackId: randomId(), generation };
  // Reviewing goes on when this does not arrive; the server's own log remains.
  void requestJson(`/answers/${answerId}/playbacks`, { method: 'POST', body }).catch(() => undefined);
}

/** Tells the server once per opened clip that it was really played: who watched is part of the record. */
export function usePlaybackBeacon(video: HTMLVideoElement | null, media: AnswerMedia): void {
  const { answerId, generation } = media;
  useEffect(() => {
    if (!video || generation < 1) return;
    const tell = () => tellPlayback(answerId, generation);
    video.addEventListener('playing', tell, { once: true });
    return () => video.removeEventListener('playing', tell);
  }, [video, answerId, generation]);
}
