import { createFragmenter } from '../fragments';
import { FragmentMuxer } from './fragment-muxer';
import { TrackClock } from './track-clock';

/** Decoder configuration record of a 320 × 180 Constrained Baseline stream. */
const description = Uint8Array.from([
  1, 0x42, 0xe0, 0x1f, 0xff, 0xe1, 0, 9, 0x67, 0x42, 0xe0, 0x1f, 0xda, 0x05, 0x06, 0x7c, 0x90, 1, 0, 4, 0x68,
  0xce, 0x3c, 0x80,
]);
const videoMeta = {
  decoderConfig: { codec: 'avc1.42E01F', codedWidth: 320, codedHeight: 180, description },
} as EncodedVideoChunkMetadata;
const audioMeta = {
  decoderConfig: { codec: 'opus', sampleRate: 48_000, numberOfChannels: 1 },
} as EncodedAudioChunkMetadata;

const originUs = 7_000_000_000;

/** Pictures at 10 a second with a key frame each second, sound in pieces of 20 ms. */
async function mux(pictureMs: number, soundMs: number, refused?: { atMs: number; told: unknown[] }) {
  const pieces: Uint8Array[] = [];
  const muxer = new FragmentMuxer({
    hasPictures: pictureMs > 0,
    sound: { name: 'opus', codec: 'opus' },
    onFragment: (bytes) => pieces.push(bytes),
    onRefused: (error) => refused?.told.push(error),
  });
  const packet = { data: new Uint8Array(50).fill(1), durationUs: 20_000 };
  for (let ms = 0; ms < Math.max(pictureMs, soundMs); ms += 20) {
    const atUs = originUs + ms * 1_000;
    const placedUs = refused?.atMs === ms ? originUs - 1_000_000 : atUs;
    if (ms < pictureMs && ms % 100 === 0)
      muxer.addPicture({ ...packet, isKey: ms % 1_000 === 0, atUs: placedUs, meta: videoMeta });
    if (ms < soundMs) muxer.addSound({ ...packet, isKey: true, atUs, meta: audioMeta });
  }
  if (refused) await expect(muxer.finish()).rejects.toThrow();
  else await muxer.finish();
  return pieces;
}

/** What each piece holds, by the parser every recording goes through. */
function kindsOf(pieces: readonly Uint8Array[]): string[] {
  const fragmenter = createFragmenter('video/mp4');
  const kinds = pieces.map((piece) =>
    fragmenter
      .push(piece)
      .map(({ kind }) => kind)
      .join('+'),
  );
  expect(fragmenter.finish()).toEqual([]);
  return kinds;
}

describe('FragmentMuxer', () => {
  it('hands over the header, a whole fragment for every second, and the end as one piece', async () => {
    const pieces = await mux(4_000, 4_000);
    expect(kindsOf(pieces)).toEqual(['init', 'media', 'media', 'media', 'media+media']);
  });

  it('hands an end without pictures over with the fragment before it', async () => {
    const pieces = await mux(2_000, 4_500);
    const kinds = kindsOf(pieces);
    expect(kinds.slice(0, -1)).toEqual(['init', 'media']);
    expect(kinds.at(-1)).toMatch(/^media(\+media)+$/);
  });

  it('makes fragments of sound alone', async () => {
    const pieces = await mux(0, 3_000);
    expect(kindsOf(pieces).slice(0, 4)).toEqual(['init', 'media', 'media', 'media']);
  });

  it('tells at once, and once, that a packet was refused, and keeps what came before it', async () => {
    const told: unknown[] = [];
    const pieces = await mux(20_000, 20_000, { atMs: 5_000, told });
    expect(told).toHaveLength(1);
    const kinds = kindsOf(pieces);
    expect(kinds.slice(0, 5)).toEqual(['init', 'media', 'media', 'media', 'media']);
    expect(kinds).toHaveLength(6);
  });

  it('ends well when one of the tracks never came', async () => {
    expect(kindsOf(await mux(2_000, 0))).toEqual(['init', 'media+media']);
  });
});

describe('TrackClock', () => {
  it('places a track by its earliest arrival, and its timestamps never stand or go back', () => {
    const clock = new TrackClock({ moves: true });
    const late = [40_000, 5_000, 30_000, 20_000];
    late.forEach((lateUs, index) =>
      expect(clock.place(index * 33_000, index * 33_000 + 1e9 + lateUs)).toBeNull(),
    );
    expect(clock.place(300_000, 1e9 + 390_000)).toBe(300_000 + 1e9 + 5_000);
    expect(clock.place(300_000, 1e9 + 391_000)).toBeNull();
    expect(clock.place(290_000, 1e9 + 392_000)).toBeNull();
    expect(clock.place(333_000, 1e9 + 393_000)).toBe(333_000 + 1e9 + 5_000);
  });

  it('keeps pictures with the sound when all that came first was late', () => {
    const [sound, pictures] = [new TrackClock({ moves: false }), new TrackClock({ moves: true })];
    const lateMs = (ms: number, while500: number): number => (ms < 500 ? while500 : 5);
    let apartMs = Number.NaN;
    for (let ms = 0; ms < 2_000; ms += 10) {
      const heard = sound.place(ms * 1_000, (ms + lateMs(ms, 700)) * 1_000);
      const seen = pictures.place(ms * 1_000, (ms + lateMs(ms, 300)) * 1_000, sound.lateUs);
      if (heard !== null && seen !== null) apartMs = (seen - heard) / 1_000;
      if (ms === 490) expect(apartMs).toBe(-400);
    }
    expect(apartMs).toBe(0);
  });
});
