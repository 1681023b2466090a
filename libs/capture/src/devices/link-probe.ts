import type { ChunkReceipt } from '@fairtake/contracts';
import { systemClock, type Clock } from '../clock';
import { contentDigest, subtleDigest, toHex, type Digest } from '../digest';
import { chunkTargetBytes } from '../upload/chunk-policy';
import { Goodput } from '../upload/goodput';

/** Long enough for a slow link to answer once, short enough to wait for. */
const defaultLimitMs = 6_000;
const firstChunkBytes = 64 * 1024;
/** The protocol's first size, then what the link carries in two seconds; larger ones would leave too few responses. */
const largestChunkBytes = 512 * 1024;

/**
 * `measured`: the link's speed is known. `offline`: no answer of ours came at all. `unavailable`: the server was
 * reached and could not take the clip now (busy, full, tried too often); nothing is known of the speed.
 */
export type LinkProbeOutcome =
  { outcome: 'measured'; bytesPerSecond: number; sentBytes: number } | { outcome: 'offline' | 'unavailable' };

export interface LinkProbeOptions {
  interviewId: string;
  /** UUID of the test clip; the same one for `removeProbe`. */
  probeId: string;
  /** Default `/api/v1/candidate`. */
  baseUrl?: string;
  /** Default 6 000. */
  limitMs?: number;
  signal?: AbortSignal;
  fetch?: typeof fetch;
  clock?: Clock;
  digest?: Digest;
}

/**
 * Sends a test clip the way an answer goes – same endpoint shape, same digests, one chunk after the other – and
 * measures what is acknowledged, for six seconds at most. Never rejects.
 */
export async function probeLink(clip: Uint8Array, options: LinkProbeOptions): Promise<LinkProbeOutcome> {
  const { limitMs = defaultLimitMs, clock = systemClock } = options;
  const deadline = new AbortController();
  const stop = (): void => deadline.abort();
  const cancel = clock.after(limitMs, stop);
  options.signal?.addEventListener('abort', stop);
  try {
    return await send(clip, options, clock, deadline.signal);
  } finally {
    cancel();
    options.signal?.removeEventListener('abort', stop);
  }
}

async function send(
  clip: Uint8Array,
  options: LinkProbeOptions,
  clock: Clock,
  signal: AbortSignal,
): Promise<LinkProbeOutcome> {
  const startedAtMs = clock.nowMs();
  const goodput = new Goodput();
  let sentBytes = 0;
  for (let index = 0; sentBytes < clip.byteLength; index++) {
    const size = Math.min(largestChunkBytes, chunkTargetBytes(goodput.bytesPerSecond));
    const bytes = clip.subarray(sentBytes, sentBytes + (index === 0 ? firstChunkBytes : size));
    goodput.started(clock.nowMs());
    const reply = await putChunk(index, bytes, options, signal);
    if (reply !== 'received') {
      const known = goodput.bytesPerSecond;
      if (known !== null) return { outcome: 'measured', bytesPerSecond: known, sentBytes };
      if (reply !== 'too_slow') return { outcome: reply };
      // Not even the first piece arrived: the link is slower than this.
      const elapsedMs = Math.max(1, clock.nowMs() - startedAtMs);
      return { outcome: 'measured', bytesPerSecond: (bytes.byteLength * 1_000) / elapsedMs / 2, sentBytes };
    }
    goodput.acknowledged(bytes.byteLength, clock.nowMs());
    sentBytes += bytes.byteLength;
  }
  const bytesPerSecond = goodput.bytesPerSecond;
  return bytesPerSecond === null
    ? { outcome: 'unavailable' }
    : { outcome: 'measured', bytesPerSecond, sentBytes };
}

async function putChunk(
  index: number,
  bytes: Uint8Array,
  options: LinkProbeOptions,
  signal: AbortSignal,
): Promise<'received' | 'too_slow' | 'offline' | 'unavailable'> {
  const { fetch: send = fetch, digest = subtleDigest() } = options;
  try {
    const sha256 = toHex(await digest(bytes));
    const response = await send(`${probePath(options)}/chunks/${index}`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/octet-stream', 'Content-Digest': contentDigest(sha256) },
      body: bytes as Uint8Array<ArrayBuffer>,
      credentials: 'same-origin',
      cache: 'no-store',
      // A redirect is a portal's or a proxy's.
      redirect: 'error',
      signal,
    });
    const reply = (await response.json()) as Partial<ChunkReceipt> & { code?: string };
    if (response.ok && reply.sha256 === sha256 && reply.index === index) return 'received';
    // Anything but a receipt or a problem of ours was written by somebody in between.
    return typeof reply.code === 'string' ? 'unavailable' : 'offline';
  } catch {
    return signal.aborted ? 'too_slow' : 'offline';
  }
}

/** Removes a test clip from the server, also while the page goes away. What is missed here is swept within the hour. */
export async function removeProbe(options: LinkProbeOptions): Promise<void> {
  const { fetch: send = fetch } = options;
  const request = { method: 'DELETE', credentials: 'same-origin', keepalive: true } as const;
  await send(probePath(options), request).catch(() => undefined);
}

function probePath({ baseUrl = '/api/v1/candidate', interviewId, probeId }: LinkProbeOptions): string {
  return `${baseUrl}/interviews/${encodeURIComponent(interviewId)}/probes/${encodeURIComponent(probeId)}`;
}
