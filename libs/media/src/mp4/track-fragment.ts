import { BoxReader, childrenOf, Mp4Unreadable, type Box } from './boxes';
import type { Mp4Track } from './tracks';

/** The samples of one track inside one `moof`. Ticks are the track's own. */
export interface TrackFragment {
  readonly track: Mp4Track;
  /** Decode time of the first sample (`tfdt`); `undefined` when the box is absent. */
  readonly startTicks: number | undefined;
  readonly durationTicks: number;
  readonly sampleCount: number;
  /** Whether the first sample can be decoded without an earlier one. */
  readonly startsAtSyncSample: boolean;
}

/** Flags of `tfhd` and `trun`, ISO/IEC 14496-12 §8.8.7 and §8.8.8. */
const tfhdFlag = {
  baseDataOffset: 0x01,
  sampleDescriptionIndex: 0x02,
  defaultSampleDuration: 0x08,
  defaultSampleSize: 0x10,
  defaultSampleFlags: 0x20,
} as const;
const trunFlag = {
  dataOffset: 0x001,
  firstSampleFlags: 0x004,
  sampleDuration: 0x100,
  sampleSize: 0x200,
  sampleFlags: 0x400,
  sampleCompositionTimeOffset: 0x800,
} as const;
/** `sample_is_non_sync_sample` (§8.8.3.1). */
const nonSyncSample = 0x1_0000;
/** Samples of one run. Only rows with a size of their own are walked, so this bounds the arithmetic, not the loop. */
const maxSamplesPerRun = 1_000_000;

/**
 * Reads every `traf` of a `moof` that belongs to a known track.
 *
 * @throws Mp4Unreadable
 */
export function readTrackFragments(bytes: Buffer, moof: Box, tracks: readonly Mp4Track[]): TrackFragment[] {
  const trafs = childrenOf(bytes, moof).filter((box) => box.type === 'traf');
  const fragments = trafs.flatMap((traf) => {
    const fragment = readTrackFragment(bytes, traf, tracks);
    return fragment ? [fragment] : [];
  });
  if (trafs.length > 0 && fragments.length === 0) throw new Mp4Unreadable('unknown_track');
  return fragments;
}

interface Run {
  durationTicks: number;
  sampleCount: number;
  firstSampleFlags: number;
}

function readTrackFragment(bytes: Buffer, traf: Box, tracks: readonly Mp4Track[]): TrackFragment | undefined {
  const children = childrenOf(bytes, traf);
  const tfhd = children.find((box) => box.type === 'tfhd');
  if (!tfhd) throw new Mp4Unreadable('malformed');
  const header = readHeader(bytes, tfhd, tracks);
  if (!header) return undefined;
  const tfdt = children.find((box) => box.type === 'tfdt');
  const runs = children.filter((box) => box.type === 'trun').map((trun) => readRun(bytes, trun, header));
  const firstRun = runs.find((run) => run.sampleCount > 0);
  return {
    track: header.track,
    startTicks: tfdt && readDecodeTime(bytes, tfdt),
    durationTicks: exactSum(runs.map((run) => run.durationTicks)),
    sampleCount: exactSum(runs.map((run) => run.sampleCount)),
    startsAtSyncSample: firstRun !== undefined && (firstRun.firstSampleFlags & nonSyncSample) === 0,
  };
}

interface Header {
  track: Mp4Track;
  durationTicks: number;
  flags: number;
}

function readHeader(bytes: Buffer, tfhd: Box, tracks: readonly Mp4Track[]): Header | undefined {
  const reader = new BoxReader(bytes, tfhd);
  const { flags } = reader.versionAndFlags();
  const trackId = reader.uint32();
  const track = tracks.find((candidate) => candidate.trackId === trackId);
  if (!track) return undefined;
  if (flags & tfhdFlag.baseDataOffset) throw new Mp4Unreadable('absolute_offsets');
  if (flags & tfhdFlag.sampleDescriptionIndex) reader.skip(4);
  const durationTicks =
    flags & tfhdFlag.defaultSampleDuration ? reader.uint32() : track.defaultSampleDurationTicks;
  if (flags & tfhdFlag.defaultSampleSize) reader.skip(4);
  const sampleFlags = flags & tfhdFlag.defaultSampleFlags ? reader.uint32() : track.defaultSampleFlags;
  return { track, durationTicks, flags: sampleFlags };
}

function readDecodeTime(bytes: Buffer, tfdt: Box): number {
  const reader = new BoxReader(bytes, tfdt);
  return reader.versionAndFlags().version === 1 ? reader.uint64() : reader.uint32();
}

function readRun(bytes: Buffer, trun: Box, header: Header): Run {
  const reader = new BoxReader(bytes, trun);
  const { flags } = reader.versionAndFlags();
  const sampleCount = reader.uint32();
  if (sampleCount > maxSamplesPerRun) throw new Mp4Unreadable('too_complex');
  if (flags & trunFlag.dataOffset) reader.skip(4);
  const firstFlags = flags & trunFlag.firstSampleFlags ? reader.uint32() : undefined;
  const has = (flag: number) => (flags & flag) !== 0;
  const rowBytes =
    4 *
    [
      trunFlag.sampleDuration,
      trunFlag.sampleSize,
      trunFlag.sampleFlags,
      trunFlag.sampleCompositionTimeOffset,
    ].filter(has).length;
  if (rowBytes * sampleCount > reader.remainingBytes) throw new Mp4Unreadable('malformed');

  let durationTicks = has(trunFlag.sampleDuration) ? 0 : sampleCount * header.durationTicks;
  let firstSampleFlags = firstFlags ?? header.flags;
  for (let sample = 0; rowBytes > 0 && sample < sampleCount; sample += 1) {
    if (has(trunFlag.sampleDuration)) durationTicks += reader.uint32();
    if (has(trunFlag.sampleSize)) reader.skip(4);
    if (has(trunFlag.sampleFlags)) {
      const sampleFlags = reader.uint32();
      if (sample === 0 && firstFlags === undefined) firstSampleFlags = sampleFlags;
    }
    if (has(trunFlag.sampleCompositionTimeOffset)) reader.skip(4);
  }
  return { durationTicks, sampleCount, firstSampleFlags };
}

function exactSum(values: number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!Number.isSafeInteger(total)) throw new Mp4Unreadable('malformed');
  return total;
}
