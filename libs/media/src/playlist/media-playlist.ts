import { attribute, checkedUri, playlistHead } from './lines';

/** A range of bytes inside an object. */
export interface ByteRange {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** One fragment of a playlist: bytes of an object and how long they play. */
export interface PlaylistFragment extends ByteRange {
  readonly uri: string;
  readonly durationSeconds: number;
}

/** What one recorder start produced: its init header and its fragments, in order. */
export interface PlaylistSegment {
  readonly initUri: string;
  readonly initRange: ByteRange;
  readonly fragments: readonly PlaylistFragment[];
}

/**
 * Renders a whole answer as an HLS media playlist (RFC 8216, version 7: fMP4 with EXT-X-MAP). Pure.
 *
 * Every range is written `length@offset`: with the offset left out it would continue the previous fragment, which is
 * only right inside one object. Segments without fragments are left out; between two others stands a discontinuity,
 * because clocks and encoder settings start anew.
 *
 * @throws TypeError when a URI could break out of its line: URIs are ours, so that is a programming error.
 */
export function mediaPlaylist(segments: readonly PlaylistSegment[]): string {
  const playable = segments.filter((segment) => segment.fragments.length > 0);
  // Not Math.max(...all): the arguments of one call are limited, and how many fragments there are is the sender's choice.
  let longestSeconds = 1;
  for (const { fragments } of playable)
    for (const { durationSeconds } of fragments) longestSeconds = Math.max(longestSeconds, durationSeconds);
  const lines = [
    ...playlistHead(),
    `#EXT-X-TARGETDURATION:${Math.ceil(longestSeconds)}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...playable.flatMap((segment, index) => [
      ...(index > 0 ? ['#EXT-X-DISCONTINUITY'] : []),
      `#EXT-X-MAP:${attribute('URI', segment.initUri)},${attribute('BYTERANGE', byteRange(segment.initRange))}`,
      ...segment.fragments.flatMap(fragmentLines),
    ]),
    '#EXT-X-ENDLIST',
  ];
  return `${lines.join('\n')}\n`;
}

function fragmentLines(fragment: PlaylistFragment): string[] {
  if (!(fragment.durationSeconds >= 0 && Number.isFinite(fragment.durationSeconds))) {
    throw new TypeError(`Not a fragment duration: ${fragment.durationSeconds}`);
  }
  return [
    `#EXTINF:${fragment.durationSeconds.toFixed(6)},`,
    `#EXT-X-BYTERANGE:${byteRange(fragment)}`,
    checkedUri(fragment.uri),
  ];
}

function byteRange({ offset, sizeBytes }: ByteRange): string {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(sizeBytes) || offset < 0 || sizeBytes <= 0) {
    throw new TypeError(`Not a byte range: ${sizeBytes}@${offset}`);
  }
  return `${sizeBytes}@${offset}`;
}
