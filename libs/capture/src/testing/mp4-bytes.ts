import { joinBytes } from '../digest';

/** One MP4 box with a recognisable payload; `wide` writes the 64-bit size form. */
export function box(
  type: string,
  payloadBytes: number,
  options: { wide?: boolean; fill?: number } = {},
): Uint8Array {
  const headerBytes = options.wide ? 16 : 8;
  const bytes = new Uint8Array(headerBytes + payloadBytes).fill(options.fill ?? 0xab, headerBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, options.wide ? 1 : bytes.byteLength);
  for (let at = 0; at < 4; at++) bytes[4 + at] = type.charCodeAt(at);
  if (options.wide) view.setBigUint64(8, BigInt(bytes.byteLength));
  return bytes;
}

/** Byte streams with the box structure of a fragmented MP4 and no media in them. */
export const mp4 = {
  init: (): Uint8Array => joinBytes([box('ftyp', 16), box('moov', 40)]),
  group: (mdatBytes: number, fill?: number): Uint8Array =>
    joinBytes([box('moof', 24), box('mdat', mdatBytes, fill === undefined ? {} : { fill })]),
};
