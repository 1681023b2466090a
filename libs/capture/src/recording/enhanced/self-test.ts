import { limits } from '@fairtake/contracts/limits';
import { systemClock } from '../../clock';
import { joinBytes } from '../../digest';
import { createFragmenter } from '../fragments';
import { ladder, rungIndex } from '../ladder';
import { decodes } from './decode-check';
import { EnhancedRecorder } from './enhanced-recorder';
import { MediaFeed } from './media-feed';
import type { Packet } from './picture-encoder';
import type { EnhancedSelfTest, EnhancedSelfTestFailure, EnhancedSelfTestOptions } from './self-test-result';

type PicturePacket = Packet<EncodedVideoChunkMetadata>;

const defaultDurationMs = 2_500;
const rung = ladder[rungIndex('540p30')]!;
/** Asked for from the middle on. */
const loweredBitsPerSecond = ladder[rungIndex('360p24')]!.videoBitsPerSecond;
/** The encoder's own buffer smooths a change over about this long. */
const settleUs = 500_000;
/** An easy picture needs less than it is given; more than this is an encoder that does not listen. */
const bitrateFactor = 2;
const longestBetweenKeysUs = 1_500_000;
/** Cameras in the dark give eight or more. */
const framesPerSecondMin = 5;

interface Recorded {
  mimeType: string;
  pieces: Uint8Array[];
  packets: PicturePacket[];
  durationMs: number;
  /** When the lower bitrate was asked for, on the packets' clock. */
  loweredAtUs: number;
  strained: boolean;
}

class SelfTestFailed extends Error {
  readonly reason: EnhancedSelfTestFailure;

  constructor(reason: EnhancedSelfTestFailure, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** See `selfTestEnhanced`. Never rejects. */
export async function runSelfTest({
  stream,
  durationMs = defaultDurationMs,
}: EnhancedSelfTestOptions): Promise<EnhancedSelfTest> {
  try {
    if (stream.getVideoTracks().length === 0)
      throw new SelfTestFailed('no_frames', 'The stream has no picture');
    return await judge(await record(stream, durationMs));
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    const other = code === 'unsupported' ? 'no_codec' : 'no_frames';
    const reason = error instanceof SelfTestFailed ? error.reason : other;
    return { ok: false, reason, detail: message ?? String(error) };
  }
}

async function record(stream: MediaStream, durationMs: number): Promise<Recorded> {
  const feed = new MediaFeed(stream, systemClock);
  const packets: PicturePacket[] = [];
  const pieces: Uint8Array[] = [];
  const onPicture = (packet: PicturePacket): void => void packets.push(packet);
  const recorder = new EnhancedRecorder({ stream, feed, rung, clock: systemClock, onPicture });
  let fault = '';
  try {
    const mimeType = await recorder.start({
      onBytes: (bytes) => pieces.push(bytes),
      onFault: ({ kind, detail }) => (fault = `${kind} ${detail}`),
    });
    await pause(durationMs / 2);
    recorder.aimAt(loweredBitsPerSecond);
    const loweredAtUs = packets.at(-1)?.atUs ?? 0;
    await pause(durationMs / 2);
    const { strained } = recorder;
    await recorder.stop();
    if (fault !== '') throw new SelfTestFailed('encoder_error', fault);
    return { mimeType, pieces, packets, durationMs: recorder.recordedMs, loweredAtUs, strained };
  } finally {
    await recorder.stop();
    feed.close();
  }
}

async function judge(recorded: Recorded): Promise<EnhancedSelfTest> {
  const { mimeType, pieces, packets, durationMs, strained } = recorded;
  const framesPerSecond = (packets.length * 1_000) / durationMs;
  if (framesPerSecond < framesPerSecondMin)
    throw new SelfTestFailed('no_frames', `${framesPerSecond.toFixed(1)} pictures a second`);
  if (strained) throw new SelfTestFailed('too_slow', `${framesPerSecond.toFixed(1)} pictures a second`);
  const betweenKeysUs = longestBetweenKeys(packets);
  if (betweenKeysUs > longestBetweenKeysUs)
    throw new SelfTestFailed('key_frames_missing', `${betweenKeysUs} µs without a key frame`);
  const videoBitsPerSecond = bitrateFrom(packets, recorded.loweredAtUs + settleUs);
  if (videoBitsPerSecond > bitrateFactor * loweredBitsPerSecond)
    throw new SelfTestFailed('bitrate_ignored', `${Math.round(videoBitsPerSecond)} bit/s`);
  const problem = problemOfFragments(mimeType, pieces);
  if (problem !== null) throw new SelfTestFailed('fragments_broken', problem);
  if (!(await decodes(packets)))
    throw new SelfTestFailed('not_decodable', packets[0]?.meta?.decoderConfig?.codec ?? 'no header');
  return { ok: true, mimeType, fragments: pieces, durationMs, framesPerSecond, videoBitsPerSecond };
}

/** The end counts as well: a single key frame at the start is not enough. */
function longestBetweenKeys(packets: readonly PicturePacket[]): number {
  if (!packets[0]?.isKey) return Number.POSITIVE_INFINITY;
  const edges = [...packets.filter(({ isKey }) => isKey), packets.at(-1)!].map(({ atUs }) => atUs);
  return Math.max(0, ...edges.slice(1).map((edge, index) => edge - edges[index]!));
}

function bitrateFrom(packets: readonly PicturePacket[], fromUs: number): number {
  const later = packets.filter(({ atUs }) => atUs >= fromUs);
  const spanUs = (later.at(-1)?.atUs ?? fromUs) - fromUs;
  if (spanUs <= 0) return 0;
  return (later.reduce((sum, { data }) => sum + data.byteLength, 0) * 8 * 1_000_000) / spanUs;
}

/** By the parser every recording goes through; null when all is well. */
function problemOfFragments(mimeType: string, pieces: readonly Uint8Array[]): string | null {
  if (pieces.some((piece) => piece.byteLength > limits.chunkMaxBytes))
    return 'a piece is above the chunk limit';
  const fragmenter = createFragmenter(mimeType);
  const kinds = [...fragmenter.push(joinBytes([...pieces])), ...fragmenter.finish()].map(({ kind }) => kind);
  const whole = kinds.length > 1 && kinds[0] === 'init' && kinds.slice(1).every((kind) => kind === 'media');
  return whole ? null : kinds.join(',');
}

const pause = (durationMs: number): Promise<void> =>
  new Promise((resolve) => void systemClock.after(durationMs, resolve));
