import fc from 'fast-check';
import { joinBytes } from '../digest';
import { createFragmenter, type Fragment } from './fragments';
import { box, mp4 } from '../testing/mp4-bytes';

const maxBytes = 256;

function run(mimeType: string, input: Uint8Array, cuts: number[]): Fragment[] {
  const fragmenter = createFragmenter(mimeType, maxBytes);
  const edges = [...new Set([0, ...cuts.map((cut) => cut % (input.length + 1)), input.length])].sort(
    (a, b) => a - b,
  );
  const out: Fragment[] = [];
  for (let at = 1; at < edges.length; at++)
    out.push(...fragmenter.push(input.subarray(edges[at - 1], edges[at])));
  return [...out, ...fragmenter.finish()];
}

const cuts = fc.array(fc.nat(5_000), { maxLength: 30 });

/** Groups small and oversized, boxes before moof, 64-bit sizes, a tail that breaks off. */
const mp4Stream = fc
  .record({
    groups: fc.array(fc.record({ mdat: fc.nat(600), wide: fc.boolean(), prefix: fc.boolean() }), {
      maxLength: 6,
    }),
    tail: fc.uint8Array({ maxLength: 40 }),
  })
  .map(({ groups, tail }) =>
    joinBytes([
      mp4.init(),
      ...groups.map((group) =>
        joinBytes([
          ...(group.prefix ? [box('styp', 4)] : []),
          box('moof', 20),
          box('mdat', group.mdat, { wide: group.wide }),
        ]),
      ),
      tail,
    ]),
  );

describe('createFragmenter', () => {
  it('gives back every byte in order, whatever the bytes and the cuts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('video/mp4', 'video/webm;codecs=vp8,opus'),
        fc.oneof(mp4Stream, fc.uint8Array({ maxLength: 3_000 })),
        cuts,
        (mimeType, input, at) => {
          const fragments = run(mimeType, input, at);
          expect(Buffer.compare(joinBytes(fragments.map((fragment) => fragment.bytes)), input)).toBe(0);
          for (const fragment of fragments) {
            expect(fragment.bytes.byteLength).toBeGreaterThan(0);
            expect(fragment.bytes.byteLength).toBeLessThanOrEqual(maxBytes);
          }
        },
      ),
    );
  });

  it('cuts MP4 at the same boxes whatever the cuts of the input', () => {
    const input = joinBytes([mp4.init(), mp4.group(100), mp4.group(60), mp4.group(90)]);
    fc.assert(
      fc.property(cuts, (at) => {
        const fragments = run('video/mp4;codecs=avc1.42E01E,opus', input, at);
        expect(fragments.map((fragment) => fragment.kind)).toEqual(['init', 'media', 'media', 'media']);
        expect(fragments.map((fragment) => fragment.bytes.byteLength)).toEqual([
          mp4.init().byteLength,
          mp4.group(100).byteLength,
          mp4.group(60).byteLength,
          mp4.group(90).byteLength,
        ]);
      }),
    );
  });

  it('slices a group above the limit and finds the boxes again behind it', () => {
    const input = joinBytes([mp4.init(), mp4.group(600), mp4.group(50)]);
    const kinds = run('video/mp4', input, [7, 80, 400]).map((fragment) => fragment.kind);
    expect(kinds[0]).toBe('init');
    expect(kinds.slice(1, -1).every((kind) => kind === 'slice')).toBe(true);
    expect(kinds.at(-1)).toBe('media');
  });

  it('does not hold back bytes that are not MP4', () => {
    const fragmenter = createFragmenter('video/mp4', maxBytes);
    const out = fragmenter.push(new Uint8Array(100).fill(0xee));
    expect(out.map((fragment) => [fragment.kind, fragment.bytes.byteLength])).toEqual([['slice', 100]]);
  });

  it('keeps the 1-byte first blob of a WebM recorder', () => {
    const fragmenter = createFragmenter('video/webm', maxBytes);
    expect(fragmenter.push(Uint8Array.of(0x1a)).map((fragment) => fragment.bytes)).toEqual([
      Uint8Array.of(0x1a),
    ]);
  });
});
