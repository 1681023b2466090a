import { CaptureError } from './errors';

/** Raw 32-byte SHA-256 of the bytes. */
export type Digest = (bytes: Uint8Array) => Promise<Uint8Array>;

/**
 * SHA-256 through SubtleCrypto. Throws `insecure_context` at once (not at the first chunk) where it is missing:
 * browsers hide it on plain http except localhost.
 */
export function subtleDigest(subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle): Digest {
  if (!subtle) {
    throw new CaptureError('insecure_context', 'SubtleCrypto is missing; the page must be served over HTTPS');
  }
  return async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

export function fromHex(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

/** The value of a `Content-Digest` header for one SHA-256 (RFC 9530, section 2). */
export function contentDigest(sha256Hex: string): string {
  return `sha-256=:${btoa(String.fromCharCode(...fromHex(sha256Hex)))}:`;
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}
