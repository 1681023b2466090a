/** The first lines of both kinds of playlist. Version 7: EXT-X-MAP in a playlist of fragmented MP4 (RFC 8216 §7). */
export function playlistHead(): string[] {
  return ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
}

/** A quoted attribute (RFC 8216 §4.2): no quotes, no line ends. */
export function attribute(name: string, value: string): string {
  return `${name}="${checked(value)}"`;
}

/** A URI on a line of its own; `#` would make it a comment. */
export function checkedUri(uri: string): string {
  if (uri === '' || uri.startsWith('#')) throw new TypeError(`Not a playlist URI: ${JSON.stringify(uri)}`);
  return checked(uri);
}

function checked(value: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this keeps out
  if (/[\u0000-\u0020"\u007f]/.test(value))
    throw new TypeError(`Unsafe in a playlist: ${JSON.stringify(value)}`);
  return value;
}
