import fc from 'fast-check';
import { masterPlaylist, type PlaylistVariant } from './master-playlist';
import { mediaPlaylist, type PlaylistSegment } from './media-playlist';
import { playlistFragments } from './timeline';

describe('mediaPlaylist', () => {
  it('renders two segments with byte ranges and a discontinuity', () => {
    const segments: PlaylistSegment[] = [
      {
        initUri: 'segments/0/chunks/0',
        initRange: { offset: 0, sizeBytes: 1_200 },
        fragments: [
          { uri: 'segments/0/chunks/0', offset: 1_200, sizeBytes: 90_000, durationSeconds: 2 },
          { uri: 'segments/0/chunks/1', offset: 0, sizeBytes: 88_000, durationSeconds: 2.033333 },
        ],
      },
      { initUri: 'empty', initRange: { offset: 0, sizeBytes: 1 }, fragments: [] },
      {
        initUri: 'segments/1/chunks/0',
        initRange: { offset: 0, sizeBytes: 1_300 },
        fragments: [{ uri: 'segments/1/chunks/0', offset: 1_300, sizeBytes: 4_000, durationSeconds: 0.5 }],
      },
    ];
    expect(mediaPlaylist(segments)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-TARGETDURATION:3
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-MAP:URI="segments/0/chunks/0",BYTERANGE="1200@0"
#EXTINF:2.000000,
#EXT-X-BYTERANGE:90000@1200
segments/0/chunks/0
#EXTINF:2.033333,
#EXT-X-BYTERANGE:88000@0
segments/0/chunks/1
#EXT-X-DISCONTINUITY
#EXT-X-MAP:URI="segments/1/chunks/0",BYTERANGE="1300@0"
#EXTINF:0.500000,
#EXT-X-BYTERANGE:4000@1300
segments/1/chunks/0
#EXT-X-ENDLIST
`);
  });

  it('gives back what went in when parsed', () => {
    const uri = fc.stringMatching(/^[a-z0-9/._~?=&-]{1,30}$/);
    const range = { offset: fc.nat(1e9), sizeBytes: fc.integer({ min: 1, max: 1e9 }) };
    const fragment = fc.record({
      uri,
      ...range,
      durationSeconds: fc.integer({ min: 1, max: 9_999_999 }).map((value) => value / 1e6),
    });
    const segment = fc.record({
      initUri: uri,
      initRange: fc.record(range),
      fragments: fc.array(fragment, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 4 }), (segments) => {
        const { parsed, targetSeconds } = parseMediaPlaylist(mediaPlaylist(segments));
        expect(parsed).toEqual(segments);
        for (const { durationSeconds } of segments.flatMap((each) => each.fragments)) {
          expect(durationSeconds).toBeLessThanOrEqual(targetSeconds);
        }
      }),
    );
  });

  it('renders more fragments than a call takes arguments', () => {
    const fragment = { uri: 'u', offset: 0, sizeBytes: 1, durationSeconds: 2.5 };
    const fragments = Array<typeof fragment>(150_000).fill(fragment);
    const playlist = mediaPlaylist([{ initUri: 'i', initRange: { offset: 0, sizeBytes: 1 }, fragments }]);
    expect(playlist).toContain('#EXT-X-TARGETDURATION:3\n');
  });

  it.each(['a\n#EXT-X-KEY:METHOD=NONE', 'a"b', '#comment', '', 'a b', 'a\r'])('refuses the URI %j', (uri) => {
    const fragment = { uri, offset: 0, sizeBytes: 1, durationSeconds: 1 };
    const segment = { initUri: 'i', initRange: { offset: 0, sizeBytes: 1 }, fragments: [fragment] };
    expect(() => mediaPlaylist([segment])).toThrow(TypeError);
  });
});

describe('masterPlaylist', () => {
  it('renders variants with and without a picture', () => {
    const variants: PlaylistVariant[] = [
      { uri: '720.m3u8', bandwidth: 2_500_000.2, codecs: 'avc1.64001F,mp4a.40.2', width: 1280, height: 720 },
      { uri: 'audio.m3u8', bandwidth: 64_000, codecs: 'mp4a.40.2' },
    ];
    expect(masterPlaylist(variants)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-STREAM-INF:BANDWIDTH=2500001,CODECS="avc1.64001F,mp4a.40.2",RESOLUTION=1280x720
720.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2"
audio.m3u8
`);
  });

  it('refuses codecs that break out of their quotes', () => {
    expect(() => masterPlaylist([{ uri: 'a', bandwidth: 1, codecs: 'x",URI="y' }])).toThrow(TypeError);
  });
});

describe('playlistFragments', () => {
  const at = (uri: string, offset: number, startTicks: number, durationTicks: number) => ({
    ...{ uri, offset, sizeBytes: 10, startTicks, durationTicks },
  });

  it('lets a fragment last until the next one starts', () => {
    const entries = playlistFragments([at('a', 0, 0, 1_900), at('b', 0, 2_000, 2_100)], 1_000);
    expect(entries.map((entry) => entry.durationSeconds)).toEqual([2, 2.1]);
  });

  it('trusts the fragment itself when starts run backwards or jump', () => {
    const entries = playlistFragments(
      [at('a', 0, 5_000, 2_000), at('b', 0, 0, 2_000), at('c', 0, 90_000, 1)],
      1_000,
    );
    expect(entries.map((entry) => entry.durationSeconds)).toEqual([2, 2, 0.001]);
  });

  it('joins a fragment that lasts no time where the bytes touch, and leaves it out elsewhere', () => {
    const touching = playlistFragments([at('a', 0, 0, 2_000), at('a', 10, 2_000, 0)], 1_000);
    expect(touching).toEqual([{ uri: 'a', offset: 0, sizeBytes: 20, durationSeconds: 2 }]);
    const apart = playlistFragments([at('a', 0, 0, 2_000), at('b', 0, 2_000, 0)], 1_000);
    expect(apart).toEqual([{ uri: 'a', offset: 0, sizeBytes: 10, durationSeconds: 2 }]);
  });
});

function parseMediaPlaylist(text: string): { parsed: PlaylistSegment[]; targetSeconds: number } {
  type Entry = PlaylistSegment['fragments'][number];
  const parsed: { initUri: string; initRange: { offset: number; sizeBytes: number }; fragments: Entry[] }[] =
    [];
  const range = (value: string) => {
    const [sizeBytes, offset] = value.split('@').map(Number);
    return { offset: offset!, sizeBytes: sizeBytes! };
  };
  let durationSeconds = NaN;
  let bytes = { offset: NaN, sizeBytes: NaN };
  for (const line of text.trimEnd().split('\n')) {
    const map = /^#EXT-X-MAP:URI="([^"]*)",BYTERANGE="([^"]*)"$/.exec(line);
    if (map) parsed.push({ initUri: map[1]!, initRange: range(map[2]!), fragments: [] });
    else if (line.startsWith('#EXTINF:')) durationSeconds = parseFloat(line.slice(8));
    else if (line.startsWith('#EXT-X-BYTERANGE:')) bytes = range(line.slice(17));
    else if (!line.startsWith('#')) parsed.at(-1)!.fragments.push({ uri: line, ...bytes, durationSeconds });
  }
  expect(text.endsWith('#EXT-X-ENDLIST\n')).toBe(true);
  expect(text.split('#EXT-X-DISCONTINUITY').length - 1).toBe(Math.max(0, parsed.length - 1));
  return { parsed, targetSeconds: Number(/TARGETDURATION:(\d+)/.exec(text)![1]) };
}
