import type { AnswerMedia, MediaSource } from '@fairtake/contracts';
import type { PlayableAnswerRow } from '@fairtake/database';
import { givenResponse } from './given-response.mapper';

const hls = 'application/vnd.apple.mpegurl';

/** Whether the names of files are told to the reader. */
export interface Naming {
  named: boolean;
}

/**
 * How an answer can be played, best way first, or what was given instead of a recording. Addresses need the reader's
 * session; they carry no secret.
 */
export function answerMedia(answer: PlayableAnswerRow, { named }: Naming): AnswerMedia {
  const base = `/media/answers/${answer.id}/${answer.generation}`;
  const plays = answer.mediaState === 'playable' || answer.mediaState === 'finished';
  return {
    answerId: answer.id,
    state: answer.mediaState,
    generation: answer.generation,
    sources: plays && !answer.response ? sources(answer, base) : [],
    posterUrl: answer.hasPoster ? `${base}/poster.jpg` : null,
    durationSeconds: answer.durationSeconds,
    audioOnly: answer.audioOnly,
    failure: answer.mediaFailure,
    flagged: answer.mediaFlagged,
    partialMissingSeconds: answer.missingSeconds,
    response: answer.response && givenResponse(answer.response, `${base}/file`, named),
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
