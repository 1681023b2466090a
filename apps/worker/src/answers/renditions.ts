import type { ObjectRow, RenditionRow } from '@fairtake/database';
import { codecsOf, type Container, type MediaSummary, type Rendition } from '@fairtake/media';

/** What a rendition row says besides where its object lies. */
export type DescribedRendition = Omit<RenditionRow, keyof ObjectRow>;

/** A copy in the recording's own container and codecs, played as one file. */
export function progressiveRendition(container: Container, summary: MediaSummary): DescribedRendition {
  const { video, audio, durationSeconds } = summary;
  return {
    kind: 'progressive',
    mimeType: `${video ? 'video' : 'audio'}/${container}`,
    codecs: [video?.codec, audio?.codec].filter(Boolean).join(','),
    width: video?.width ?? null,
    height: video?.height ?? null,
    durationSeconds,
    init: null,
    fragments: null,
  };
}

/** H.264 and AAC that every browser plays from a playlist. */
export function hlsRendition({ init, fragments, durationSeconds }: Rendition): DescribedRendition {
  const video = init.tracks.find((track) => track.kind === 'video');
  return {
    kind: video ? 'hls_720' : 'hls_audio',
    mimeType: video ? 'video/mp4' : 'audio/mp4',
    codecs: codecsOf(init.tracks),
    width: video?.width ?? null,
    height: video?.height ?? null,
    durationSeconds,
    init,
    fragments: [...fragments],
  };
}
