import type { AnswerMedia, MediaSource } from '@fairtake/contracts';
import type { PlayableAnswerRow } from '@fairtake/database';

const hls = 'application/vnd.apple.mpegurl';

/** How an answer can be played, best way first. Addresses need the reader's session; they carry no secret. */
export function answerMedia(answer: PlayableAnswerRow): AnswerMedia {
  const base = `/media/answers/${answer.id}/${answer.generation}`;
  const plays = answer.mediaState === 'playable' || answer.mediaState === 'finished';
  return {
    answerId: answer.id,
    state: answer.mediaState,
    generation: answer.generation,
    sources: plays ? sources(answer, base) : [],
    posterUrl: answer.hasPoster ? `${base}/poster.jpg` : null,
    durationSeconds: answer.durationSeconds,
    audioOnly: answer.audioOnly,
    failure: answer.mediaFailure,
    flagged: answer.mediaFlagged,
  };
}

function sources(answer: PlayableAnswerRow, base: string): MediaSource[] {
  const found: MediaSource[] = [];
  if (answer.indexed) found.push({ kind: 'hls', url: `${base}/playlists/source.m3u8`, mimeType: hls });
  for (const rendition of answer.renditions)
    if (rendition.kind !== 'progressive')
      found.push({ kind: 'hls', url: `${base}/playlists/${rendition.kind}.m3u8`, mimeType: hls });
  for (const rendition of answer.renditions)
    if (rendition.kind === 'progressive')
      found.push({
        kind: 'progressive',
        url: `${base}/renditions/progressive`,
        mimeType: rendition.mimeType,
      });
  return found;
}
