import fc from 'fast-check';
import { box, syntheticFragment, syntheticInit, words } from '../testing/synthetic-mp4';
import { indexChunk, type Mp4Index } from './index-chunk';
import { codecsOf, playsUnchanged, playTogether, type Mp4Track } from './tracks';

const video = { trackId: 1, codec: 'avc1', timescale: 90_000 } as const;
const sound = { trackId: 2, codec: 'Opus', timescale: 48_000 } as const;
const init = syntheticInit([video, sound]);
const twoSeconds = { trackId: 1, startTicks: 0, sampleDurations: [90_000, 90_000] };

function accepted(index: Mp4Index): Extract<Mp4Index, { ok: true }> {
  if (!index.ok) throw new Error(`refused: ${index.reason}`);
  return index;
}

function tracksOf(bytes: Buffer): readonly Mp4Track[] {
  return accepted(indexChunk(bytes, { first: true })).init!.tracks;
}

const tracks = tracksOf(init);
const later = (bytes: Buffer, known = tracks) => indexChunk(bytes, { first: false, tracks: known });

describe('playTogether', () => {
  const picture = { kind: 'video', codec: 'avc1.42E01F' } as const;
  const opus = { kind: 'audio', codec: 'opus' } as const;
  const aac = { kind: 'audio', codec: 'mp4a.40.2' } as const;

  it.each([
    [
      'another profile',
      [
        [picture, opus],
        [{ ...picture, codec: 'avc1.42001f' }, opus],
      ],
      true,
    ],
    [
      'tracks in another order',
      [
        [picture, opus],
        [opus, picture],
      ],
      true,
    ],
    ['no picture for a while', [[picture, opus], [opus], [picture, opus]], false],
    [
      'another recorder with another sound',
      [
        [picture, opus],
        [picture, aac],
      ],
      false,
    ],
    ['something no playlist takes', [[{ ...picture, codec: 'vp09' }]], false],
  ])('with %s', (_what, segments, expected) => {
    expect(playTogether(segments)).toBe(expected);
  });
});

describe('indexChunk: first chunk', () => {
  it('reads tracks, codecs and clock of the init header', () => {
    const index = accepted(indexChunk(init, { first: true }));
    expect(index.init).toMatchObject({ offset: 0, sizeBytes: init.length, timescale: 90_000 });
    expect(index.init!.tracks).toMatchObject([
      { trackId: 1, kind: 'video', codec: 'avc1.42E01E', timescale: 90_000, width: 320, height: 180 },
      { trackId: 2, kind: 'audio', codec: 'opus', timescale: 48_000 },
    ]);
    expect(index.fragments).toEqual([]);
    expect(codecsOf(index.init!.tracks)).toBe('avc1.42E01E,opus');
  });

  it('reads AAC from its descriptor', () => {
    expect(tracksOf(syntheticInit([{ trackId: 1, codec: 'mp4a', timescale: 44_100 }]))[0]!.codec).toBe(
      'mp4a.40.2',
    );
  });

  it('names an unknown codec and does not call it playable', () => {
    const vp9 = tracksOf(syntheticInit([{ trackId: 1, codec: 'vp09', timescale: 1_000 }]));
    expect(vp9[0]!.codec).toBe('vp09');
    expect(playsUnchanged(vp9)).toBe(false);
    expect(playsUnchanged(tracks)).toBe(true);
  });

  it('indexes fragments behind the init header, with offsets from the start of the chunk', () => {
    const fragment = syntheticFragment([twoSeconds]);
    const index = accepted(indexChunk(Buffer.concat([init, fragment, fragment]), { first: true }));
    const expected = { sizeBytes: fragment.length, startTicks: 0, durationTicks: 180_000, keyFrame: true };
    expect(index.fragments).toEqual([
      { offset: init.length, ...expected },
      { offset: init.length + fragment.length, ...expected },
    ]);
  });

  it.each<[string, Buffer, string]>([
    ['no bytes', Buffer.alloc(0), 'not_whole_fragments'],
    ['text', Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'), 'not_fragmented_mp4'],
    ['WebM', Buffer.from('1a45dfa39f4286810142f7810142f2810442', 'hex'), 'not_fragmented_mp4'],
    ['a fragment', syntheticFragment([twoSeconds]), 'not_fragmented_mp4'],
    ['ftyp alone', box('ftyp', words(0)), 'not_whole_fragments'],
    ['half an init header', init.subarray(0, init.length - 9), 'not_whole_fragments'],
    ['a moov without mvex', Buffer.concat([box('ftyp'), box('moov', box('mvhd'))]), 'not_fragmented_mp4'],
    [
      'an ordinary MP4',
      Buffer.concat([box('ftyp'), box('mdat', words(1)), box('moov')]),
      'not_fragmented_mp4',
    ],
    ['two init headers', Buffer.concat([init, init]), 'unexpected_init'],
    ['no tracks', Buffer.concat([box('ftyp'), box('moov', box('mvex'))]), 'unknown_track'],
  ])('refuses %s', (_name, bytes, reason) => {
    expect(indexChunk(bytes, { first: true })).toEqual({ ok: false, reason });
  });
});

describe('indexChunk: sample durations and flags', () => {
  const one = (run: Parameters<typeof syntheticFragment>[0][number], known = tracks) =>
    accepted(later(syntheticFragment([run]), known)).fragments[0]!;

  it('adds up durations given per sample', () => {
    expect(one({ trackId: 1, startTicks: 7, sampleDurations: [1, 2, 3] })).toMatchObject({
      startTicks: 7,
      durationTicks: 6,
    });
  });

  it('uses the default of tfhd', () => {
    const run = { trackId: 1, startTicks: 0, sampleCount: 60, defaultDurationTicks: 3_000 };
    expect(one(run).durationTicks).toBe(180_000);
  });

  it('uses the default of trex when the fragment says nothing', () => {
    const known = tracksOf(
      syntheticInit([{ ...video, defaultSampleDurationTicks: 3_003, defaultSampleFlags: 0x1_0000 }]),
    );
    const fragment = one({ trackId: 1, startTicks: 0, sampleCount: 10 }, known);
    expect(fragment).toMatchObject({ durationTicks: 30_030, keyFrame: false });
    expect(one({ trackId: 1, startTicks: 0, sampleCount: 10, firstSampleFlags: 0 }, known).keyFrame).toBe(
      true,
    );
  });

  it('tells a fragment that does not start at a key frame', () => {
    const run = { trackId: 1, startTicks: 0, sampleCount: 1, firstSampleFlags: 0x1_0000 };
    expect(one(run).keyFrame).toBe(false);
  });

  it('reads 64-bit start times', () => {
    expect(one({ trackId: 1, startTicks: 2 ** 40 + 5, sampleCount: 1 }).startTicks).toBe(2 ** 40 + 5);
  });

  it('measures audio-only segments by their audio', () => {
    const known = tracksOf(syntheticInit([sound]));
    const run = { trackId: 2, startTicks: 48_000, sampleDurations: [960, 960] };
    expect(one(run, known)).toMatchObject({ startTicks: 48_000, durationTicks: 1_920, keyFrame: true });
  });
});

describe('indexChunk: fragments without video', () => {
  const tail = syntheticFragment([{ trackId: 2, startTicks: 96_000, sampleDurations: [960] }]);

  it('joins the fragment before it', () => {
    const fragment = syntheticFragment([twoSeconds]);
    expect(accepted(later(Buffer.concat([fragment, tail]))).fragments).toEqual([
      {
        offset: 0,
        sizeBytes: fragment.length + tail.length,
        startTicks: 0,
        // 0.02 s of sound after two seconds of pictures.
        durationTicks: 181_800,
        keyFrame: true,
      },
    ]);
  });

  it('states the length of its audio when it stands alone', () => {
    expect(accepted(later(tail)).fragments).toEqual([
      { offset: 0, sizeBytes: tail.length, startTicks: 180_000, durationTicks: 1_800, keyFrame: false },
    ]);
  });

  it('states 0 when it holds nothing', () => {
    expect(accepted(later(syntheticFragment([]))).fragments).toMatchObject([{ durationTicks: 0 }]);
  });
});

describe('indexChunk: later chunks', () => {
  const fragment = syntheticFragment([twoSeconds]);

  it('tolerates boxes that mean nothing to a playlist', () => {
    const stray = ['styp', 'sidx', 'free', 'prft'].map((type) => box(type, words(1, 2)));
    const bytes = Buffer.concat([...stray, fragment, box('mfra', box('mfro', words(0, 16)))]);
    const index = accepted(later(bytes));
    expect(index.fragments).toMatchObject([{ offset: 64, sizeBytes: fragment.length }]);
    expect(index.init).toBeUndefined();
  });

  it('reads 64-bit box sizes', () => {
    const large = Buffer.concat([words(1), Buffer.from('mdat'), words(0, 20), words(9)]);
    const moof = fragment.subarray(0, fragment.length - 24);
    expect(accepted(later(Buffer.concat([moof, large]))).fragments[0]!.sizeBytes).toBe(moof.length + 20);
  });

  const withTraf = (...children: Buffer[]) =>
    Buffer.concat([box('moof', box('traf', ...children)), box('mdat')]);
  const tfhd = box('tfhd', words(0x2_0000, 1));
  const tfdt = box('tfdt', words(0, 0));
  it.each<[string, Buffer, string]>([
    ['a cut at the end', fragment.subarray(0, fragment.length - 1), 'not_whole_fragments'],
    ['a missing head', fragment.subarray(3), 'not_whole_fragments'],
    ['a moof without mdat', fragment.subarray(0, fragment.length - 24), 'not_whole_fragments'],
    ['an mdat without moof', box('mdat', words(1)), 'not_whole_fragments'],
    ['another init header', Buffer.concat([init, fragment]), 'unexpected_init'],
    ['a size of zero', Buffer.concat([words(0), Buffer.from('mdat')]), 'not_whole_fragments'],
    ['a size of seven', Buffer.concat([words(7), Buffer.from('mdat')]), 'not_whole_fragments'],
    [
      'a 64-bit size beyond everything',
      Buffer.concat([words(1), Buffer.from('mdat'), words(0xffff_ffff, 0xffff_ffff)]),
      'malformed',
    ],
    [
      'a 64-bit size of zero',
      Buffer.concat([words(1), Buffer.from('mdat'), words(0, 0)]),
      'not_whole_fragments',
    ],
    ['an unknown track', syntheticFragment([{ ...twoSeconds, trackId: 9 }]), 'unknown_track'],
    [
      'offsets from the start of the file',
      withTraf(box('tfhd', words(1, 1, 0, 0)), tfdt),
      'absolute_offsets',
    ],
    ['more samples than bytes', withTraf(tfhd, tfdt, box('trun', words(0x100, 1_000, 1))), 'malformed'],
    ['4 billion samples', withTraf(tfhd, tfdt, box('trun', words(0, 0xffff_ffff))), 'too_complex'],
    ['no decode time', withTraf(tfhd, box('trun', words(0, 1))), 'malformed'],
    ['a child beyond its parent', box('moof', words(99), Buffer.from('traf')), 'malformed'],
    [
      'more boxes than any recording',
      Buffer.concat(Array.from({ length: 5_000 }, () => box('free'))),
      'too_complex',
    ],
    ['an unknown box', box('evil', words(1)), 'not_fragmented_mp4'],
  ])('refuses %s', (_name, bytes, reason) => {
    expect(later(bytes)).toEqual({ ok: false, reason });
  });

  it('refuses fragments of a segment whose tracks are not known', () => {
    expect(indexChunk(fragment, { first: false })).toEqual({ ok: false, reason: 'missing_init' });
  });
});

describe('indexChunk: whatever the bytes', () => {
  const whole = Buffer.concat([init, syntheticFragment([twoSeconds]), syntheticFragment([])]);
  const never = (bytes: Buffer) => {
    for (const first of [true, false]) {
      const index = indexChunk(bytes, { first, tracks });
      if (!index.ok) continue;
      for (const { offset, sizeBytes, startTicks, durationTicks } of index.fragments) {
        expect(offset + sizeBytes).toBeLessThanOrEqual(bytes.length);
        expect(Number.isSafeInteger(startTicks) && Number.isSafeInteger(durationTicks)).toBe(true);
      }
    }
  };

  it('never throws on random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => never(Buffer.from(bytes))));
  });

  it('never throws on a recording with bytes overwritten or cut', () => {
    const edits = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(edits, fc.nat(whole.length), (changes, length) => {
        const bytes = Buffer.from(whole);
        for (const [at, value] of changes) bytes[at] = value;
        never(bytes.subarray(0, length));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every cut that is not between two boxes', () => {
    const ends = new Set([init.length, whole.length - syntheticFragment([]).length, whole.length]);
    for (let length = 0; length <= whole.length; length += 1) {
      expect(indexChunk(whole.subarray(0, length), { first: true }).ok).toBe(ends.has(length));
    }
  });
});
