import type { FinaliseTake, MissingChunks, OpenTake, TakeState } from '@fairtake/contracts';
import { limits } from '@fairtake/contracts/limits';
import { contentDigest, fromHex, joinBytes } from '../digest';

/** A lease without a chunk for this long no longer keeps another device out (as the real server has it). */
const leaseLivesMs = 30_000;
const at = '2026-11-22T12:00:00Z';

export interface HeldTake {
  questionId: string;
  session: string;
  lease: string;
  leasedAtMs: number;
  state: TakeState;
  nextSegment: number;
  segments: { lease: string; chunks: Map<number, { bytes: Uint8Array; sha256: string }> }[];
  recordingEndsAtMs: number;
  durationMs: number | null;
  verdict: 'complete' | 'partial' | 'too_short' | null;
  returnReason: string | null;
}

/** What the server answers: a status and a body; a problem is `{ status, code }` with members of its own. */
export interface FakeReply {
  status: number;
  body: object;
}

const problem = (status: number, code: string, members: object = {}): FakeReply => ({
  status,
  body: { type: `urn:fairtake:${code}`, title: code, status, code, ...members },
});

export interface FakeTakesOptions {
  nowMs: () => number;
  /** Lower-case hex. */
  sha256: (bytes: Uint8Array) => string;
}

/**
 * The rules of the capture protocol over takes in memory, one synchronous step per request: what the real server does
 * inside its transactions. What it holds survives everything a {@link FakeCaptureServer} does to its connections.
 */
export class FakeTakes {
  readonly takes = new Map<string, HeldTake>();
  /** Places that were sent a second time with other bytes: a client that does this has lost count. */
  readonly conflicts: string[] = [];
  /** Takes of one question that may count. */
  takesMax = Number.POSITIVE_INFINITY;
  answerSeconds = 120;
  /** No take starts after this. */
  deadlineAtMs = Number.POSITIVE_INFINITY;
  /** The interview was sent, by the person or by the deadline: nothing begins or is given back any more. */
  isClosed = false;
  readonly #options: FakeTakesOptions;
  #leases = 0;

  constructor(options: FakeTakesOptions) {
    this.#options = options;
  }

  open(takeId: string, body: OpenTake, session: string): FakeReply {
    if (this.isClosed) return problem(409, 'interview_closed');
    const take = this.takes.get(takeId);
    if (!take) return this.#start(takeId, body, session);
    if (take.questionId !== body.questionId) return problem(404, 'not_found');
    if (take.state !== 'open') return problem(409, 'take_closed');
    // The same request again, its first reply lost: nothing was written yet, the lease stands.
    const repeated = take.session === session && chunkCount(take) === 0 && body.takeOver !== true;
    if (!repeated) {
      if (this.#isLiveElsewhere(take, session) && body.takeOver !== true)
        return problem(409, 'take_elsewhere');
      take.lease = `lease-${++this.#leases}`;
      take.session = session;
      take.leasedAtMs = this.#options.nowMs();
      take.nextSegment = take.segments.length;
    }
    return this.#lease(takeId, take);
  }

  put(
    takeId: string,
    place: { segment: number; index: number },
    bytes: Uint8Array,
    headers: Headers,
  ): FakeReply {
    const { segment, index } = place;
    if (bytes.byteLength > limits.chunkMaxBytes) return problem(413, 'body_too_large');
    if (bytes.byteLength === 0) return problem(400, 'chunk_length_wrong');
    const sha256 = this.#options.sha256(bytes);
    if (headers.get('Content-Digest') !== contentDigest(sha256)) return problem(422, 'digest_differs');
    const take = this.takes.get(takeId);
    if (!take) return problem(404, 'not_found');
    const receipt = { segment, index, sizeBytes: bytes.byteLength, sha256 };
    const held = take.segments[segment]?.chunks.get(index);
    if (held?.sha256 === sha256) return { status: 200, body: receipt };
    if (held) {
      this.conflicts.push(`${takeId}/${segment}/${index}`);
      return problem(409, 'chunk_differs');
    }
    if (take.state !== 'open') return problem(409, 'take_closed');
    const nowMs = this.#options.nowMs();
    if (nowMs > take.recordingEndsAtMs + limits.deadlineGraceSeconds * 1_000)
      return problem(410, 'interview_over');
    const lease = headers.get('Fairtake-Lease');
    const known = take.segments[segment];
    if (known && known.lease !== lease) return problem(409, 'lease_lost');
    if (!known) {
      if (take.lease !== lease) return problem(409, 'lease_lost');
      if (segment !== Math.max(take.nextSegment, take.segments.length)) return problem(400, 'params_invalid');
      take.segments[segment] = { lease, chunks: new Map() };
    }
    take.segments[segment]!.chunks.set(index, { bytes, sha256 });
    take.leasedAtMs = nowMs;
    return { status: 201, body: receipt };
  }

  status(takeId: string): FakeReply {
    const take = this.takes.get(takeId);
    if (!take) return problem(404, 'not_found');
    const segments = take.segments.map(({ chunks }, segment) => {
      const bitmap = new Uint8Array(Math.ceil((Math.max(-1, ...chunks.keys()) + 1) / 8));
      for (const index of chunks.keys()) bitmap[index >> 3]! |= 1 << (index & 7);
      let contiguous = 0;
      while (chunks.has(contiguous)) contiguous++;
      const sizeBytes = [...chunks.values()].reduce((sum, chunk) => sum + chunk.bytes.byteLength, 0);
      return { segment, contiguous, bitmap: btoa(String.fromCharCode(...bitmap)), sizeBytes };
    });
    return { status: 200, body: { takeId, questionId: take.questionId, state: take.state, segments } };
  }

  /** What the manifest names and is not held; null for a take that does not exist. */
  missing(takeId: string, manifest: FinaliseTake): MissingChunks | null {
    const take = this.takes.get(takeId);
    if (!take) return null;
    return manifest.segments.flatMap(({ count }, segment) => {
      const chunks = take.segments[segment]?.chunks;
      const places = Array.from({ length: count }, (_, index) => index);
      const indexes = places.filter((index) => !chunks?.has(index));
      return indexes.length > 0 ? [{ segment, indexes }] : [];
    });
  }

  finalise(takeId: string, manifest: FinaliseTake): FakeReply {
    const take = this.takes.get(takeId);
    if (!take) return problem(404, 'not_found');
    const missing = this.missing(takeId, manifest) ?? [];
    if (missing.length > 0) return problem(409, 'chunks_missing', { missing });
    if (!this.#matches(take, manifest)) return problem(409, 'manifest_differs');
    if (take.state === 'open') {
      take.verdict = manifest.durationMs < limits.shortTakeSeconds * 1_000 ? 'too_short' : 'complete';
      take.state = take.verdict === 'complete' ? 'finalised' : 'returned';
      take.durationMs = manifest.durationMs;
    }
    if (take.verdict === null) return problem(409, 'take_closed');
    const segments = manifest.segments.map((_, segment) => {
      const bytes = this.assembled(takeId, segment);
      return { sizeBytes: bytes.byteLength, sha256: this.#options.sha256(bytes) };
    });
    return { status: 200, body: { takeId, segments, receivedAt: at, verdict: take.verdict } };
  }

  salvage(takeId: string, durationMs: number | null): FakeReply {
    const take = this.takes.get(takeId);
    if (!take) return problem(404, 'not_found');
    const playable = (take.segments[0]?.chunks.has(0) ?? false) && take.state === 'open';
    if (take.verdict === null && !playable) return problem(409, 'nothing_to_salvage');
    if (take.state === 'open') {
      take.state = 'finalised';
      take.verdict = 'partial';
      take.durationMs = durationMs;
    }
    return { status: 200, body: { takeId, segments: [], receivedAt: at, verdict: take.verdict } };
  }

  giveBack(takeId: string, reason: string): FakeReply {
    const take = this.takes.get(takeId);
    if (!take) return problem(404, 'not_found');
    if (this.isClosed) return problem(409, 'interview_closed');
    if (take.state === 'kept' || take.state === 'discarded') return problem(409, 'take_closed');
    take.state = 'returned';
    take.returnReason ??= reason;
    const takes = [{ takeId, state: take.state, startedAt: at }];
    return { status: 200, body: { questionId: take.questionId, takes } };
  }

  /** `POST …/keep`. @returns whether the take is now the answer */
  keep(takeId: string): boolean {
    const take = this.takes.get(takeId);
    if (!take || this.isClosed || (take.state !== 'finalised' && take.state !== 'discarded')) return false;
    for (const other of this.takes.values())
      if (other.questionId === take.questionId && other.state === 'kept') other.state = 'discarded';
    take.state = 'kept';
    return true;
  }

  /** Bytes of one segment in index order. */
  assembled(takeId: string, segment = 0): Uint8Array {
    const { chunks } = this.takes.get(takeId)!.segments[segment]!;
    return joinBytes([...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk.bytes));
  }

  #start(takeId: string, body: OpenTake, session: string): FakeReply {
    const nowMs = this.#options.nowMs();
    if (nowMs >= this.deadlineAtMs) return problem(410, 'interview_over');
    const others = [...this.takes.values()].filter((take) => take.questionId === body.questionId);
    if (others.filter((take) => take.state !== 'returned').length >= this.takesMax)
      return problem(409, 'takes_used_up');
    const elsewhere = others.some((take) => this.#isLiveElsewhere(take, session));
    if (elsewhere && body.takeOver !== true) return problem(409, 'take_elsewhere');
    const take: HeldTake = {
      questionId: body.questionId,
      session,
      lease: `lease-${++this.#leases}`,
      leasedAtMs: nowMs,
      state: 'open',
      nextSegment: 0,
      segments: [],
      recordingEndsAtMs: nowMs + (this.answerSeconds + limits.graceSeconds) * 1_000,
      durationMs: null,
      verdict: null,
      returnReason: null,
    };
    this.takes.set(takeId, take);
    return this.#lease(takeId, take);
  }

  #lease(takeId: string, take: HeldTake): FakeReply {
    const { lease, nextSegment } = take;
    const times = { serverNow: at, startedAt: at, recordingEndsAt: at };
    return {
      status: 200,
      body: {
        ...{ takeId, lease, nextSegment, takeNumber: 1, ...times },
        limits: { ...limits, answerSeconds: this.answerSeconds },
      },
    };
  }

  #isLiveElsewhere(take: HeldTake, session: string): boolean {
    const isLive = this.#options.nowMs() - take.leasedAtMs < leaseLivesMs;
    return take.state === 'open' && take.session !== session && isLive;
  }

  #matches(take: HeldTake, manifest: FinaliseTake): boolean {
    if (manifest.segments.length !== take.segments.length) return false;
    return manifest.segments.every((declared, segment) => {
      const { chunks } = take.segments[segment]!;
      const ordered = [...chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk);
      const sizeBytes = ordered.reduce((sum, chunk) => sum + chunk.bytes.byteLength, 0);
      const digests = joinBytes(ordered.map(({ sha256 }) => fromHex(sha256)));
      return (
        declared.count === chunks.size &&
        declared.sizeBytes === sizeBytes &&
        declared.sha256 === this.#options.sha256(digests)
      );
    });
  }
}

const chunkCount = (take: HeldTake): number =>
  take.segments.reduce((sum, { chunks }) => sum + chunks.size, 0);
