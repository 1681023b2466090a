import type { FinaliseTake, MissingChunks, TakeStatus } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { fromHex, joinBytes, toHex, type Digest } from '../digest';
import type { JournalChunk, JournalFragment } from '../journal/journal';

/** `sha256` is empty until the chunk is sealed in the journal; until then it has never been sent. */
export interface PlannedChunk extends Omit<JournalChunk, 'acknowledged'> {
  state: 'ready' | 'in_flight' | 'acknowledged';
}

/** The chunk as the journal keeps it: what is in flight now is merely unacknowledged after a reload. */
export function toJournalChunk({ state, ...chunk }: PlannedChunk): JournalChunk {
  return { ...chunk, acknowledged: state === 'acknowledged' };
}

interface SegmentPlan {
  ended: boolean;
  /** Fragments no chunk covers yet, in order. */
  open: JournalFragment[];
  chunks: PlannedChunk[];
}

/**
 * Which bytes of a take are where. Pure bookkeeping: no I/O, no clock.
 *
 * Segments are numbered here as they were opened. The protocol knows no empty segment, so on the way to the server
 * they are counted without those that ended empty: see {@link serverSegment}.
 */
export class ChunkPlan {
  readonly #segments: SegmentPlan[] = [];

  /**
   * Rebuilds the plan a reload lost: sealed chunks stay as they are, later fragments are open. `segmentCount` is how
   * many were opened; `openSegments` are those that a recorder of this page still fills.
   */
  static restore(
    contents: { fragments: JournalFragment[]; chunks: JournalChunk[] },
    segmentCount: number,
    openSegments: readonly number[] = [],
  ): ChunkPlan {
    const plan = new ChunkPlan();
    for (let at = 0; at < segmentCount; at++) plan.openSegment(at);
    for (const { acknowledged, ...chunk } of contents.chunks) {
      plan.#segment(chunk.segment).chunks.push({ ...chunk, state: acknowledged ? 'acknowledged' : 'ready' });
    }
    for (const fragment of contents.fragments) {
      const lastSealed = plan.#segment(fragment.segment).chunks.at(-1)?.lastSequence ?? -1;
      if (fragment.sequence > lastSealed) plan.addFragment(fragment);
    }
    // No recorder survives a reload.
    for (const [at, segment] of plan.#segments.entries()) segment.ended = !openSegments.includes(at);
    return plan;
  }

  /** The number the segment's next fragment has; what is below it is known already. */
  nextSequence(segment: number): number {
    const plan = this.#segments[segment];
    const last = plan?.open.at(-1)?.sequence ?? plan?.chunks.at(-1)?.lastSequence ?? -1;
    return last + 1;
  }

  openSegment(segment: number): void {
    this.#segment(segment);
  }

  addFragment(fragment: JournalFragment): void {
    this.#segment(fragment.segment).open.push(fragment);
  }

  endSegment(segment: number): void {
    const plan = this.#segments[segment];
    if (plan) plan.ended = true;
  }

  /**
   * The next chunk to send: one that waits, or a new one of `targetBytes` over open fragments. There need not be so
   * much: `leastBytes` will do, and whatever is left of a segment that has ended.
   */
  next(targetBytes: number, leastBytes: number): PlannedChunk | null {
    const sendable = this.#sendable();
    for (const at of sendable) {
      const ready = this.#segments[at]!.chunks.find((chunk) => chunk.state === 'ready');
      if (ready) return ready;
    }
    for (const at of sendable) {
      const segment = this.#segments[at]!;
      const chunk = this.#cut(at, segment, targetBytes, segment.ended ? 0 : leastBytes);
      if (chunk) return chunk;
    }
    return null;
  }

  /** The segment's number on the server; null while an earlier one is empty and may yet be filled. */
  serverSegment(segment: number): number | null {
    const earlier = this.#segments.slice(0, segment);
    if (earlier.some((plan) => isEmpty(plan) && !plan.ended)) return null;
    return earlier.filter((plan) => !isEmpty(plan)).length;
  }

  find(segment: number, index: number): PlannedChunk | undefined {
    return this.#segments[segment]?.chunks[index];
  }

  /** Takes the server's word for what it holds, both ways. */
  reconcile(status: TakeStatus): PlannedChunk[] {
    const changed: PlannedChunk[] = [];
    const held = new Map(status.segments.map((segment) => [segment.segment, segment]));
    for (const [at, segment] of this.#segments.entries()) {
      const onServer = held.get(this.serverSegment(at) ?? -1);
      const bitmap = onServer ? Uint8Array.from(atob(onServer.bitmap), (char) => char.charCodeAt(0)) : null;
      for (const chunk of segment.chunks) {
        const there = bitmap !== null && ((bitmap[chunk.index >> 3] ?? 0) & (1 << (chunk.index & 7))) !== 0;
        if (there === (chunk.state === 'acknowledged')) continue;
        if (chunk.state === 'in_flight' || chunk.sha256 === '') continue;
        chunk.state = there ? 'acknowledged' : 'ready';
        changed.push(chunk);
      }
    }
    return changed;
  }

  /** Chunks of the server's missing list that were believed held. What is in flight will answer for itself. */
  reopen(missing: MissingChunks): PlannedChunk[] {
    const lost = missing
      .flatMap(({ segment, indexes }) => indexes.map((index) => this.#filled()[segment]?.chunks[index]))
      .filter((chunk): chunk is PlannedChunk => chunk?.state === 'acknowledged');
    for (const chunk of lost) chunk.state = 'ready';
    return lost;
  }

  /** The number the next segment has here. */
  get segmentCount(): number {
    return this.#segments.length;
  }

  /** Segments with bytes in them, as many as the server will have. */
  get filledCount(): number {
    return this.#filled().length;
  }

  get bytesProduced(): number {
    const open = this.#segments.flatMap((segment) => segment.open);
    return sum(this.#chunks()) + sum(open);
  }

  get bytesAcknowledged(): number {
    return sum(this.#chunks().filter((chunk) => chunk.state === 'acknowledged'));
  }

  get bytesInFlight(): number {
    return sum(this.#chunks().filter((chunk) => chunk.state === 'in_flight'));
  }

  /** Everything has a digest and is on its way or held: the manifest can be made. */
  get sealed(): boolean {
    const onItsWay = this.#chunks().every((chunk) => chunk.sha256 !== '' && chunk.state !== 'ready');
    return onItsWay && this.#segments.every((segment) => segment.open.length === 0);
  }

  async manifest(durationMs: number, digest: Digest): Promise<FinaliseTake> {
    const segments = this.#filled().map(async ({ chunks }) => ({
      count: chunks.length,
      sizeBytes: sum(chunks),
      sha256: toHex(await digest(joinBytes(chunks.map((chunk) => fromHex(chunk.sha256))))),
    }));
    return { segments: await Promise.all(segments), durationMs: Math.round(durationMs) };
  }

  /**
   * Segments that may send, in order. The server opens them in order, and two requests may overtake each other: a
   * segment waits until the one before it has begun to arrive.
   */
  #sendable(): number[] {
    const sendable: number[] = [];
    for (const [at, plan] of this.#segments.entries()) {
      if (isEmpty(plan) && plan.ended) continue;
      if (isEmpty(plan)) break;
      sendable.push(at);
      if (!plan.chunks.some((chunk) => chunk.state === 'acknowledged')) break;
    }
    return sendable;
  }

  #filled(): SegmentPlan[] {
    return this.#segments.filter((plan) => !isEmpty(plan));
  }

  #cut(segment: number, plan: SegmentPlan, targetBytes: number, leastBytes: number): PlannedChunk | null {
    let sizeBytes = 0;
    let count = 0;
    while (count < plan.open.length && sizeBytes < targetBytes) {
      const next = plan.open[count]!.sizeBytes;
      if (count > 0 && sizeBytes + next > limits.chunkMaxBytes) break;
      sizeBytes += next;
      count++;
    }
    const enough = sizeBytes >= leastBytes || count < plan.open.length;
    if (count === 0 || !enough) return null;
    const covered = plan.open.splice(0, count);
    const chunk: PlannedChunk = {
      segment,
      index: plan.chunks.length,
      firstSequence: covered[0]!.sequence,
      lastSequence: covered.at(-1)!.sequence,
      sizeBytes,
      sha256: '',
      state: 'ready',
    };
    plan.chunks.push(chunk);
    return chunk;
  }

  #chunks(): PlannedChunk[] {
    return this.#segments.flatMap((segment) => segment.chunks);
  }

  #segment(at: number): SegmentPlan {
    while (this.#segments.length <= at) this.#segments.push({ ended: false, open: [], chunks: [] });
    return this.#segments[at]!;
  }
}

const isEmpty = (plan: SegmentPlan): boolean => plan.open.length === 0 && plan.chunks.length === 0;

const sum = (sized: readonly { sizeBytes: number }[]): number =>
  sized.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
