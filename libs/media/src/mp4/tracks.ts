import { BoxReader, childrenOf, Mp4Unreadable, type Box } from './boxes';
import { readSampleEntry } from './codec';

/**
 * One track of a segment as its `moov` declares it. Plain JSON: kept with the segment, because later chunks hold
 * fragments only and need the timescale and the defaults to be understood.
 */
export interface Mp4Track {
  readonly trackId: number;
  readonly kind: 'video' | 'audio';
  /** RFC 6381, for example `avc1.42E01E`, `mp4a.40.2`, `opus`. */
  readonly codec: string;
  /** Ticks per second. */
  readonly timescale: number;
  readonly width?: number;
  readonly height?: number;
  /** `trex` defaults (ISO/IEC 14496-12 §8.8.3), used where a fragment says nothing. */
  readonly defaultSampleDurationTicks: number;
  readonly defaultSampleFlags: number;
}

/** A recording has two; ffmpeg is run with the same order of limit. */
const maxTracks = 8;

/**
 * Reads the video and audio tracks of a `moov`.
 *
 * @throws Mp4Unreadable `not_fragmented_mp4` when there is no `mvex`, i.e. no fragments may follow.
 */
export function readTracks(bytes: Buffer, moov: Box): Mp4Track[] {
  const children = childrenOf(bytes, moov);
  const mvex = children.find((box) => box.type === 'mvex');
  if (!mvex) throw new Mp4Unreadable('not_fragmented_mp4');
  const defaults = readDefaults(bytes, mvex);
  const traks = children.filter((box) => box.type === 'trak');
  if (traks.length > maxTracks) throw new Mp4Unreadable('too_complex');
  const tracks = traks.flatMap((trak) => {
    const track = readTrack(bytes, trak, defaults);
    return track ? [track] : [];
  });
  if (tracks.length === 0) throw new Mp4Unreadable('unknown_track');
  if (new Set(tracks.map((track) => track.trackId)).size !== tracks.length)
    throw new Mp4Unreadable('malformed');
  return tracks;
}

/** The track whose clock a segment's fragments are measured by: its video, or its audio when there is no video. */
export function referenceTrack(tracks: readonly Mp4Track[]): Mp4Track | undefined {
  return tracks.find((track) => track.kind === 'video') ?? tracks[0];
}

/** The CODECS attribute of a segment (RFC 8216 §4.3.4.2). */
export function codecsOf(tracks: readonly Pick<Mp4Track, 'codec'>[]): string {
  return tracks.map((track) => track.codec).join(',');
}

/**
 * Whether every browser we support plays these tracks unchanged from a playlist: H.264 with AAC or Opus, at most one
 * of each. VP9 in MP4, for one, is not (hls.js fails on it).
 */
export function playsUnchanged(tracks: readonly Pick<Mp4Track, 'kind' | 'codec'>[]): boolean {
  const video = tracks.filter((track) => track.kind === 'video');
  const audio = tracks.filter((track) => track.kind === 'audio');
  return (
    tracks.length > 0 &&
    video.length <= 1 &&
    audio.length <= 1 &&
    video.every((track) => /^avc[13]\./.test(track.codec)) &&
    audio.every((track) => track.codec === 'opus' || track.codec.startsWith('mp4a.40.'))
  );
}

/**
 * Whether segments play one after the other from one playlist: each of them, and all with the same kinds of tracks in
 * the same codecs. Sizes may differ. Where a picture is missing in the middle, a player waits for it for ever; sound
 * that changes from AAC to Opus needs another decoder than the one that was opened.
 */
export function playTogether(segments: readonly (readonly Pick<Mp4Track, 'kind' | 'codec'>[])[]): boolean {
  const kindOf = ({ kind, codec }: Pick<Mp4Track, 'kind' | 'codec'>): string =>
    `${kind} ${codec.split('.')[0]}`;
  const shapes = segments.map((tracks) => tracks.map(kindOf).sort().join());
  return segments.every(playsUnchanged) && new Set(shapes).size <= 1;
}

type Defaults = Map<number, { durationTicks: number; flags: number }>;

function readDefaults(bytes: Buffer, mvex: Box): Defaults {
  const defaults: Defaults = new Map();
  for (const trex of childrenOf(bytes, mvex).filter((box) => box.type === 'trex')) {
    const reader = new BoxReader(bytes, trex).skip(4);
    const trackId = reader.uint32();
    const durationTicks = reader.skip(4).uint32();
    const flags = reader.skip(4).uint32();
    defaults.set(trackId, { durationTicks, flags });
  }
  return defaults;
}

function readTrack(bytes: Buffer, trak: Box, defaults: Defaults): Mp4Track | undefined {
  const mdia = only(bytes, trak, 'mdia');
  const kind = trackKind(bytes, only(bytes, mdia, 'hdlr'));
  if (!kind) return undefined;
  const trackId = readTrackId(bytes, only(bytes, trak, 'tkhd'));
  const stbl = only(bytes, only(bytes, mdia, 'minf'), 'stbl');
  const trackDefaults = defaults.get(trackId);
  // Without a `trex` no fragment may use the track.
  if (!trackDefaults) throw new Mp4Unreadable('malformed');
  return {
    trackId,
    kind,
    ...readSampleEntry(bytes, only(bytes, stbl, 'stsd'), kind),
    timescale: readTimescale(bytes, only(bytes, mdia, 'mdhd')),
    defaultSampleDurationTicks: trackDefaults.durationTicks,
    defaultSampleFlags: trackDefaults.flags,
  };
}

function only(bytes: Buffer, parent: Box, type: string): Box {
  const found = childrenOf(bytes, parent).find((box) => box.type === type);
  if (!found) throw new Mp4Unreadable('malformed');
  return found;
}

function trackKind(bytes: Buffer, hdlr: Box): 'video' | 'audio' | undefined {
  const handler = new BoxReader(bytes, hdlr).skip(8).uint32();
  if (handler === 0x76_69_64_65) return 'video'; // 'vide'
  if (handler === 0x73_6f_75_6e) return 'audio'; // 'soun'
  return undefined;
}

function readTrackId(bytes: Buffer, tkhd: Box): number {
  const reader = new BoxReader(bytes, tkhd);
  const { version } = reader.versionAndFlags();
  return reader.skip(version === 1 ? 16 : 8).uint32();
}

function readTimescale(bytes: Buffer, mdhd: Box): number {
  const reader = new BoxReader(bytes, mdhd);
  const { version } = reader.versionAndFlags();
  const timescale = reader.skip(version === 1 ? 16 : 8).uint32();
  if (timescale === 0) throw new Mp4Unreadable('malformed');
  return timescale;
}
