import type { RenditionRow, SegmentRow } from '@fairtake/database';
import { mediaPlaylist, playlistFragments, type PlaylistSegment } from '@fairtake/media';

/** The playlist of a recording as it was uploaded: fragments inside chunk objects. Null when it is not indexed. */
export function sourcePlaylist(segments: readonly SegmentRow[]): string | null {
  const entries: PlaylistSegment[] = [];
  for (const { number, init, fragments } of segments) {
    // A header alone, or an odd byte.
    if (fragments?.length === 0) continue;
    if (!init || !fragments) return null;
    const uriOf = (chunk: number): string => `../chunks/${number}/${chunk}`;
    const placed = fragments.map(({ chunk, ...fragment }) => ({ uri: uriOf(chunk), ...fragment }));
    entries.push({
      initUri: uriOf(0),
      initRange: { offset: init.offset, sizeBytes: init.sizeBytes },
      fragments: playlistFragments(placed, init.timescale),
    });
  }
  return entries.length > 0 ? mediaPlaylist(entries) : null;
}

/** The playlist of a rendition in one object. Null for a rendition that is a progressive file. */
export function renditionPlaylist(rendition: RenditionRow): string | null {
  if (!rendition.init || !rendition.fragments) return null;
  const uri = `../renditions/${rendition.kind}`;
  const placed = rendition.fragments.map((fragment) => ({ uri, ...fragment }));
  return mediaPlaylist([
    {
      initUri: uri,
      initRange: { offset: rendition.init.offset, sizeBytes: rendition.init.sizeBytes },
      fragments: playlistFragments(placed, rendition.init.timescale),
    },
  ]);
}
