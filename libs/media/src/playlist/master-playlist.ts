import { attribute, checkedUri, playlistHead } from './lines';

/** One rendition of an answer. `width` and `height` are absent when it has no picture. */
export interface PlaylistVariant {
  readonly uri: string;
  /** Peak bits per second (RFC 8216 §4.3.4.2). */
  readonly bandwidth: number;
  /** RFC 6381 codecs, comma separated; see `codecsOf`. */
  readonly codecs: string;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Renders an HLS master playlist, variants in the order given: players start with the first. Pure.
 *
 * @throws TypeError when a URI or codec could break out of its line.
 */
export function masterPlaylist(variants: readonly PlaylistVariant[]): string {
  const lines = variants.flatMap((variant) => {
    const attributes = [
      `BANDWIDTH=${Math.max(1, Math.ceil(variant.bandwidth))}`,
      attribute('CODECS', variant.codecs),
      ...(variant.width && variant.height ? [`RESOLUTION=${variant.width}x${variant.height}`] : []),
    ];
    return [`#EXT-X-STREAM-INF:${attributes.join(',')}`, checkedUri(variant.uri)];
  });
  return `${[...playlistHead(), ...lines].join('\n')}\n`;
}
