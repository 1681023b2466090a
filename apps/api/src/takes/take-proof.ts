import { createHash } from 'node:crypto';
import { limits, type FinaliseTake, type MissingChunks } from '@fairtake/contracts';
import {
  indexChunk,
  playsUnchanged,
  playTogether,
  sniffBytes,
  sniffContainer,
  type Mp4Init,
  type Mp4Track,
} from '@fairtake/media';
import type { ChunkRow, IndexedFragment, SegmentProof } from '@fairtake/database';
import { ObjectNotFound } from '@fairtake/storage';

/**
 * Fragments one take may list. Recorders put one to three into a chunk; a sender may put ten thousand, and their list
 * is held in memory, in a row and in a playlist. A take with more is prepared by the worker like any other recording.
 */
export const takeMaxFragments = 4 * limits.takeMaxChunks;

/** Indexes the manifest names and the server does not hold; empty when nothing is missing. */
export function missingChunks(manifest: FinaliseTake, held: readonly ChunkRow[]): MissingChunks {
  const places = new Set(held.map((chunk) => `${chunk.segment}/${chunk.index}`));
  return manifest.segments.flatMap(({ count }, segment) => {
    const indexes = Array.from({ length: count }, (_, index) => index).filter(
      (index) => !places.has(`${segment}/${index}`),
    );
    return indexes.length > 0 ? [{ segment, indexes }] : [];
  });
}

/** SHA-256 over the raw digests of a segment's chunks in order, as the recorder computes its manifest. */
export function manifestDigest(chunks: readonly ChunkRow[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(Buffer.from(chunk.sha256, 'hex'));
  return hash.digest('hex');
}

/** Whether what is held is exactly what the manifest says: counts, bytes and digests of every segment (I3). */
export function matchesManifest(manifest: FinaliseTake, held: readonly ChunkRow[]): boolean {
  const listed = manifest.segments.reduce((sum, segment) => sum + segment.count, 0);
  if (listed !== held.length) return false;
  return manifest.segments.every(({ sizeBytes, sha256 }, segment) => {
    const chunks = chunksOf(held, segment);
    return (
      chunks.reduce((sum, chunk) => sum + chunk.sizeBytes, 0) === sizeBytes &&
      manifestDigest(chunks) === sha256
    );
  });
}

export const chunksOf = (held: readonly ChunkRow[], segment: number): ChunkRow[] =>
  held.filter((chunk) => chunk.segment === segment).sort((a, b) => a.index - b.index);

/** The store has lost bytes that it acknowledged, or gave back others: never expected, always loud. */
export class StoredBytesDiffer extends Error {
  readonly index: number;

  constructor(chunk: ChunkRow, what: string) {
    super(`Stored bytes of segment ${chunk.segment} chunk ${chunk.index} ${what}`);
    this.index = chunk.index;
  }
}

async function readProved(chunk: ChunkRow, read: ReadBytes): Promise<Buffer> {
  const bytes = await read(chunk.storageKey).catch((error: unknown) => {
    throw error instanceof ObjectNotFound ? new StoredBytesDiffer(chunk, 'are gone') : error;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== chunk.sha256)
    throw new StoredBytesDiffer(chunk, 'do not have their digest');
  return bytes;
}

/** Gives the bytes under a storage key. */
type ReadBytes = (storageKey: string) => Promise<Buffer>;

/**
 * Reads a segment back from the store, once: proves every chunk's digest, hashes the whole and, for MP4 made of whole
 * fragments, notes where each fragment lies. About 1 ms per MiB; memory stays at one chunk.
 *
 * @throws StoredBytesDiffer
 * @param maxFragments a segment of more is not indexed: its `fragments` are null
 */
export async function proveSegment(
  number: number,
  chunks: readonly ChunkRow[],
  read: ReadBytes,
  maxFragments: number,
): Promise<SegmentProof> {
  const proving = new SegmentProving(number, maxFragments);
  for (const chunk of chunks) await proving.add(chunk, read);
  return proving.result();
}

/** Proves the segments of a take in their order, as far as their chunks are there: what is proved is not read again. */
export class TakeProving {
  private readonly proved: SegmentProof[] = [];
  private fragmentsLeft = takeMaxFragments;
  private current = new SegmentProving(0, takeMaxFragments);

  /** @param counts chunks of each segment, by the manifest; none is 0 */
  constructor(
    private readonly counts: readonly number[],
    private readonly read: ReadBytes,
  ) {}

  /** Proves on until a chunk is missing. A chunk that could not be read or proved is tried again by the next call. */
  async advance(held: readonly ChunkRow[]): Promise<void> {
    const places = new Map(held.map((chunk) => [`${chunk.segment}/${chunk.index}`, chunk]));
    while (this.proved.length < this.counts.length) {
      const chunk = places.get(`${this.proved.length}/${this.current.chunkCount}`);
      if (!chunk) return;
      await this.current.add(chunk, this.read);
      if (this.current.chunkCount === this.counts[this.proved.length]) this.endSegment();
    }
  }

  /** Every segment, once `advance` was given every chunk. */
  result(): SegmentProof[] {
    return this.proved;
  }

  private endSegment(): void {
    const segment = this.current.result();
    this.proved.push(segment);
    this.fragmentsLeft -= segment.fragments?.length ?? 0;
    this.current = new SegmentProving(this.proved.length, this.fragmentsLeft);
  }
}

/** The proof of one segment on its way. */
class SegmentProving {
  private readonly whole = createHash('sha256');
  private readonly index: SegmentIndex;
  private readonly chunks: ChunkRow[] = [];
  private sizeBytes = 0;

  constructor(
    private readonly number: number,
    maxFragments: number,
  ) {
    this.index = new SegmentIndex(maxFragments);
  }

  get chunkCount(): number {
    return this.chunks.length;
  }

  async add(chunk: ChunkRow, read: ReadBytes): Promise<void> {
    const bytes = await readProved(chunk, read);
    this.whole.update(bytes);
    this.index.add(chunk.index, bytes);
    this.sizeBytes += bytes.length;
    this.chunks.push(chunk);
  }

  /** To be asked once. */
  result(): SegmentProof {
    return {
      number: this.number,
      ...this.index.result(),
      chunkCount: this.chunks.length,
      sizeBytes: this.sizeBytes,
      sha256: this.whole.digest('hex'),
      manifestSha256: manifestDigest(this.chunks),
    };
  }
}

/** Collects the fragments of one segment chunk by chunk; the first chunk that is not whole fragments ends it. */
class SegmentIndex {
  /** A recorder's first piece can be a single byte, so the first bytes are gathered over chunks. */
  private head = Buffer.alloc(0);
  private init: Mp4Init | null = null;
  private tracks: readonly Mp4Track[] = [];
  private fragments: IndexedFragment[] | null = [];

  constructor(private readonly maxFragments: number) {}

  add(chunk: number, bytes: Buffer): void {
    if (this.head.length < sniffBytes) this.head = Buffer.concat([this.head, bytes.subarray(0, sniffBytes)]);
    if (this.fragments === null) return;
    const indexed = indexChunk(bytes, chunk === 0 ? { first: true } : { first: false, tracks: this.tracks });
    if (!indexed.ok || this.fragments.length + indexed.fragments.length > this.maxFragments) {
      this.fragments = null;
      return;
    }
    if (indexed.init) {
      this.init = indexed.init;
      this.tracks = indexed.init.tracks;
    }
    for (const fragment of indexed.fragments) this.fragments.push({ chunk, ...fragment });
  }

  result(): Pick<SegmentProof, 'container' | 'init' | 'fragments'> {
    // Codecs that some browser cannot play from a playlist are prepared by the worker, like any other recording. A
    // header alone is what a page leaves that crashed in the first second: nothing to play, and nothing to prepare.
    const whole = this.init !== null && this.fragments !== null && playsUnchanged(this.tracks);
    const container = sniffContainer(this.head);
    // No recording at all, as the odd byte that some recorders leave at their end: nothing to play either.
    if (container === null) return { container, init: null, fragments: [] };
    return {
      container,
      init: whole ? this.init : null,
      fragments: whole ? this.fragments : null,
    };
  }
}

/**
 * Leaves the index out of a take whose segments do not play one after the other, so that the worker joins them: one
 * that lost its picture to a slow link for a while, or whose recorder changed in the middle.
 */
export function indexedTogether(segments: readonly SegmentProof[]): SegmentProof[] {
  const filled = segments.filter((segment) => segment.fragments?.length !== 0);
  const tracks = filled.flatMap(({ init }) => (init ? [init.tracks] : []));
  if (tracks.length < filled.length || playTogether(tracks)) return [...segments];
  return segments.map((segment) =>
    filled.includes(segment) ? { ...segment, init: null, fragments: null } : segment,
  );
}

/** Seconds of media a segment's fragments hold; null when the segment is not indexed. */
export function indexedSeconds(segment: Pick<SegmentProof, 'init' | 'fragments'>): number | null {
  if (segment.fragments?.length === 0) return 0;
  if (!segment.init || !segment.fragments) return null;
  return (
    segment.fragments.reduce((sum, fragment) => sum + fragment.durationTicks, 0) / segment.init.timescale
  );
}
