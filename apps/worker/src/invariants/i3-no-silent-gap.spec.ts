import { createHash } from 'node:crypto';
import type { SegmentFacts, TakeFacts } from './facts';
import { noSilentGap } from './i3-no-silent-gap';

const sha256 = (...parts: Buffer[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const takeId = 'take';

/** Sizes and digests agree; the bytes were not read. */
function segment(number: number, texts: string[], change: Partial<SegmentFacts> = {}): SegmentFacts {
  const bytes = texts.map((text) => Buffer.from(text));
  const chunks = bytes.map((piece, index) => ({
    ...{ takeId, segment: number, index, sizeBytes: piece.length, sha256: sha256(piece) },
    ...{ storageKey: `${number}/${index}`, object: { sizeBytes: piece.length, sha256: null } },
  }));
  return {
    ...{ takeId, number, lease: 'lease', container: 'webm', init: null, fragments: null, chunks },
    ...{ chunkCount: texts.length, sizeBytes: Buffer.concat(bytes).length, sha256: sha256(...bytes) },
    manifestSha256: sha256(...chunks.map((chunk) => Buffer.from(chunk.sha256, 'hex'))),
    ...{ bytesSha256: null, ...change },
  };
}

function take(segments: SegmentFacts[], change: Partial<TakeFacts> = {}): TakeFacts {
  const chunks = segments.flatMap((one) => one.chunks);
  const held = { heldChunks: chunks.length, heldBytes: chunks.reduce((sum, one) => sum + one.sizeBytes, 0) };
  return {
    ...{
      id: takeId,
      organisationId: 'organisation',
      state: 'kept',
      keptAs: 'processing',
      salvaged: false,
      segments,
    },
    ...{ finalisedAt: new Date(0), chunkCount: held.heldChunks, sizeBytes: held.heldBytes },
    ...{ ...held, ...change },
  };
}

const messages = (facts: TakeFacts): string[] => noSilentGap(facts).map((finding) => finding.message);
/** Opened by a page that went away before its first chunk arrived. */
const unused = { chunkCount: null, sizeBytes: null, sha256: null, manifestSha256: null };

test('several segments, and one that was never used, are whole', () => {
  expect(messages(take([segment(0, ['a', 'b']), segment(1, ['c']), segment(2, [], unused)]))).toEqual([]);
});

test('a segment that is missing between two others is named', () => {
  expect(messages(take([segment(0, ['a']), segment(2, ['c'])]))).toEqual(['segment 1 is missing']);
});

test('a take without any segment is not whole', () => {
  expect(messages(take([]))).toEqual(['was proved whole without any segment']);
});

test('chunks that nobody proved are named', () => {
  const late = segment(1, ['b'], unused);
  expect(messages(take([segment(0, ['a']), late]))).toEqual(['segment 1 holds chunks that were not proved']);
});

test('more chunks than were proved are named', () => {
  const longer = segment(0, ['a', 'b'], { chunkCount: 1 });
  expect(messages(take([longer]))).toEqual(['segment 0 holds 2 chunks instead of 1']);
});

test('a take under way may have gaps, but not count what it does not hold', () => {
  const open = { state: 'open', finalisedAt: null, keptAs: null } as const;
  const gap = segment(0, ['a', 'b'], unused);
  gap.chunks.shift();
  expect(messages(take([gap], open))).toEqual([]);
  expect(messages(take([gap], { ...open, chunkCount: 2 }))).toEqual([
    'counts 2 chunks of 1 bytes, but holds 1 of 1',
  ]);
});

describe('a salvaged take', () => {
  const salvaged = { salvaged: true } as const;
  /** `a` and `b` were proved; `d` lies behind a gap, and the next segment has no header. */
  const cut = (): SegmentFacts[] => {
    const proof = segment(0, ['a', 'b']);
    const held = segment(0, ['a', 'b', 'c', 'd']).chunks.filter((chunk) => chunk.index !== 2);
    const headless = segment(1, ['e', 'f'], unused);
    headless.chunks.shift();
    return [{ ...proof, chunks: held }, headless, segment(2, ['g'])];
  };

  test('is proved up to its gaps, and holds what lies behind them', () => {
    expect(messages(take(cut(), salvaged))).toEqual([]);
    expect(messages(take(cut()))).not.toEqual([]);
  });

  test('that lost a chunk of what was proved is named', () => {
    const [first, ...rest] = cut();
    first!.chunks.splice(1, 1);
    expect(messages(take([first!, ...rest], salvaged))).toEqual(['segment 0 chunk 1 is missing']);
  });
});
