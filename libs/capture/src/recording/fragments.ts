import { limits } from '@fairtake/contracts/limits';
import { joinBytes } from '../digest';

/** A run of recorder bytes that is stored and sent as a whole. Never empty, never above the chunk limit. */
export interface Fragment {
  /** `init`: ftyp…moov · `media`: moof…mdat · `slice`: a cut by size only (WebM, or MP4 we could not parse). */
  kind: 'init' | 'media' | 'slice';
  bytes: Uint8Array;
}

/** Splits one segment's byte stream. Whatever the cuts of the input, the output joined is the input. */
export interface Fragmenter {
  push(bytes: Uint8Array): Fragment[];
  /** The end of the stream: what was held back for a box that never completed. */
  finish(): Fragment[];
}

/** MP4 is cut at box boundaries, everything else by size. `mimeType` is the recorder's own word after start. */
export function createFragmenter(mimeType: string, maxBytes: number = limits.chunkMaxBytes): Fragmenter {
  return /^(video|audio)\/mp4/i.test(mimeType) ? new Mp4Fragmenter(maxBytes) : new SliceFragmenter(maxBytes);
}

/** Blobs of up to 50 MB arrive after a sleep, so every input may need cutting. */
export function slicesOf(bytes: Uint8Array, maxBytes: number): Fragment[] {
  const fragments: Fragment[] = [];
  for (let at = 0; at < bytes.byteLength; at += maxBytes) {
    fragments.push({ kind: 'slice', bytes: bytes.slice(at, at + maxBytes) });
  }
  return fragments;
}

class SliceFragmenter implements Fragmenter {
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): Fragment[] {
    return slicesOf(bytes, this.#maxBytes);
  }

  finish(): Fragment[] {
    return [];
  }
}

interface BoxHeader {
  type: string;
  sizeBytes: number;
}

/** ISO/IEC 14496-12, 4.2: 32-bit size and type, a 64-bit size when the first is 1, "to the end" when it is 0. */
function readBoxHeader(bytes: Uint8Array, at: number): BoxHeader | 'incomplete' | 'invalid' {
  if (bytes.byteLength - at < 8) return 'incomplete';
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  if (!/^[A-Za-z0-9 ]{4}$/.test(type)) return 'invalid';
  const size32 = view.getUint32(0);
  if (size32 !== 1) return size32 < 8 ? 'invalid' : { type, sizeBytes: size32 };
  if (bytes.byteLength - at < 16) return 'incomplete';
  const size64 = view.getBigUint64(8);
  if (size64 < 16n || size64 > BigInt(Number.MAX_SAFE_INTEGER)) return 'invalid';
  return { type, sizeBytes: Number(size64) };
}

class Mp4Fragmenter implements Fragmenter {
  readonly #maxBytes: number;
  /** Bytes of the group being collected. */
  #pending: Uint8Array = new Uint8Array(0);
  /** How much of `#pending` is whole boxes. */
  #wholeBytes = 0;
  /** Bytes still to come of a box too big to be held back: they leave as slices. */
  #passBytes = 0;
  #started = false;
  /** The bytes were not MP4 as expected: from here on only the size cuts. */
  #plain = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  push(bytes: Uint8Array): Fragment[] {
    this.#pending = this.#pending.byteLength === 0 ? bytes : joinBytes([this.#pending, bytes]);
    const fragments: Fragment[] = [];
    while (this.#pending.byteLength > 0) {
      const step = this.#plain ? this.#take(this.#pending.byteLength, 'slice') : this.#step();
      if (!step) break;
      fragments.push(...step);
    }
    return fragments;
  }

  finish(): Fragment[] {
    return this.#take(this.#pending.byteLength, 'slice');
  }

  /** One advance of the parser; null when more bytes are needed. */
  #step(): Fragment[] | null {
    if (this.#passBytes > 0) {
      const passed = Math.min(this.#passBytes, this.#pending.byteLength);
      this.#passBytes -= passed;
      return this.#take(passed, 'slice');
    }
    const header = readBoxHeader(this.#pending, this.#wholeBytes);
    if (header === 'incomplete') return null;
    if (header === 'invalid' || (!this.#started && header.type !== 'ftyp')) {
      this.#plain = true;
      return [];
    }
    this.#started = true;
    const groupBytes = this.#wholeBytes + header.sizeBytes;
    if (groupBytes > this.#maxBytes) {
      this.#passBytes = groupBytes;
      return [];
    }
    if (groupBytes > this.#pending.byteLength) return null;
    this.#wholeBytes = groupBytes;
    if (header.type === 'moov') return this.#take(groupBytes, 'init');
    if (header.type === 'mdat') return this.#take(groupBytes, 'media');
    return [];
  }

  #take(count: number, kind: Fragment['kind']): Fragment[] {
    const taken = this.#pending.subarray(0, count);
    this.#pending = this.#pending.subarray(count);
    this.#wholeBytes = 0;
    if (count === 0) return [];
    // `slice` copies: a view would keep a 50 MB blob alive for each of its pieces.
    return kind === 'slice' ? slicesOf(taken, this.#maxBytes) : [{ kind, bytes: taken.slice() }];
  }
}
