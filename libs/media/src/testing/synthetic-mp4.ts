/** Boxes made by hand, for tests that need exact bytes and no ffmpeg. Nothing in them can be decoded. */

/** One box: type, then its parts. */
export function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Big-endian 32-bit numbers. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeUInt32BE(value, index * 4));
  return bytes;
}

/** Big-endian 16-bit numbers. */
export function halves(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
  return bytes;
}

const zeros = (count: number) => Buffer.alloc(count);

/** What `syntheticInit` puts into a track. Sample entry codecs: H.264 baseline 3.0, AAC-LC, Opus. */
export interface SyntheticTrack {
  readonly trackId: number;
  readonly codec: 'avc1' | 'mp4a' | 'Opus' | 'vp09';
  readonly timescale: number;
  readonly defaultSampleDurationTicks?: number;
  readonly defaultSampleFlags?: number;
}

/** `ftyp` + `moov` with `mvex`. */
export function syntheticInit(tracks: readonly SyntheticTrack[]): Buffer {
  const trexes = tracks.map((track) =>
    box(
      'trex',
      words(0, track.trackId, 1, track.defaultSampleDurationTicks ?? 0, 0, track.defaultSampleFlags ?? 0),
    ),
  );
  return Buffer.concat([
    box('ftyp', Buffer.from('isom'), words(512)),
    box('moov', box('mvhd', zeros(100)), ...tracks.map(trak), box('mvex', ...trexes)),
  ]);
}

function trak(track: SyntheticTrack): Buffer {
  const isVideo = track.codec === 'avc1' || track.codec === 'vp09';
  const handler = Buffer.from(isVideo ? 'vide' : 'soun');
  return box(
    'trak',
    box('tkhd', words(0, 0, 0, track.trackId), zeros(64)),
    box(
      'mdia',
      box('mdhd', words(0, 0, 0, track.timescale, 0), zeros(4)),
      box('hdlr', words(0, 0), handler, zeros(13)),
      box('minf', box('stbl', box('stsd', words(0, 1), sampleEntry(track.codec)))),
    ),
  );
}

function sampleEntry(codec: SyntheticTrack['codec']): Buffer {
  if (codec === 'avc1' || codec === 'vp09') {
    const fields = Buffer.concat([zeros(24), halves(320, 180), zeros(50)]);
    const avcC = box('avcC', Buffer.from([1, 0x42, 0xe0, 0x1e, 0xff]));
    return box(codec, fields, codec === 'avc1' ? avcC : box('vpcC', zeros(12)));
  }
  const fields = zeros(28);
  if (codec === 'Opus') return box('Opus', fields, box('dOps', zeros(11)));
  const specific = Buffer.from([5, 0x80, 0x80, 0x80, 2, 0x11, 0x90]);
  const config = Buffer.concat([Buffer.from([4, 13 + specific.length, 0x40]), zeros(12), specific]);
  const stream = Buffer.concat([Buffer.from([3, 3 + config.length, 0, 1, 0]), config]);
  return box('mp4a', fields, box('esds', words(0), stream));
}

/** One track's part of a fragment: either every sample's duration, or a count that uses the defaults. */
export interface SyntheticRun {
  readonly trackId: number;
  readonly startTicks: number;
  readonly sampleDurations?: readonly number[];
  readonly sampleCount?: number;
  /** `tfhd` default duration; left out, `trex` decides. */
  readonly defaultDurationTicks?: number;
  /** Flags of the first sample; `0x10000` is "not a key frame". */
  readonly firstSampleFlags?: number;
}

/** `moof` + `mdat`. */
export function syntheticFragment(runs: readonly SyntheticRun[], mediaBytes = 16): Buffer {
  return Buffer.concat([
    box('moof', box('mfhd', words(0, 1)), ...runs.map(traf)),
    box('mdat', zeros(mediaBytes)),
  ]);
}

function traf(run: SyntheticRun): Buffer {
  const hasDefault = run.defaultDurationTicks !== undefined;
  const tfhd = box(
    'tfhd',
    words(0x2_0000 | (hasDefault ? 0x8 : 0), run.trackId),
    hasDefault ? words(run.defaultDurationTicks!) : zeros(0),
  );
  const tfdt = box('tfdt', words(0x100_0000, Math.floor(run.startTicks / 2 ** 32), run.startTicks >>> 0));
  const durations = run.sampleDurations;
  const hasFirst = run.firstSampleFlags !== undefined;
  const trun = box(
    'trun',
    words((durations ? 0x100 : 0) | (hasFirst ? 0x4 : 0), durations?.length ?? run.sampleCount ?? 0),
    hasFirst ? words(run.firstSampleFlags!) : zeros(0),
    words(...(durations ?? [])),
  );
  return box('traf', tfhd, tfdt, trun);
}
