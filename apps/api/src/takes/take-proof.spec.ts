import { createHash } from 'node:crypto';
import { syntheticFragment, syntheticInit } from '@fairtake/media/testing';
import { indexedSeconds, indexedTogether, proveSegment, TakeProving } from './take-proof';

const video = { trackId: 1, codec: 'avc1', timescale: 1_000 } as const;
const fragment = (second: number): Buffer =>
  syntheticFragment([{ trackId: 1, startTicks: second * 1_000, sampleDurations: [1_000] }]);

/** Two chunks of two fragments each, behind a header. */
const pieces = [
  Buffer.concat([syntheticInit([video]), fragment(0), fragment(1)]),
  Buffer.concat([fragment(2), fragment(3)]),
];
const chunks = pieces.map((bytes, index) => ({
  ...{ segment: 0, index, sizeBytes: bytes.length, storageKey: String(index) },
  sha256: createHash('sha256').update(bytes).digest('hex'),
}));
const prove = (maxFragments: number) =>
  proveSegment(0, chunks, (key) => Promise.resolve(pieces[Number(key)]!), maxFragments);

test('a segment of as many fragments as are allowed is indexed', async () => {
  expect((await prove(4)).fragments).toHaveLength(4);
});

test('a segment of more is proved whole, but not indexed: the worker prepares it', async () => {
  expect(await prove(3)).toMatchObject({ container: 'mp4', chunkCount: 2, init: null, fragments: null });
});

test('segments of one kind stay indexed, whatever their sizes', async () => {
  const proof = await prove(4);
  expect(indexedTogether([proof, { ...proof, number: 1 }])).toEqual([proof, { ...proof, number: 1 }]);
});

test('a take that lost its picture for a while is left to the worker, all of it', async () => {
  const proof = await prove(4);
  const sound = { ...proof.init!.tracks[0]!, kind: 'audio', codec: 'opus' } as const;
  const alone = { ...proof, number: 1, init: { ...proof.init!, tracks: [sound] } };
  const unindexed = { init: null, fragments: null };
  expect(indexedTogether([proof, alone])).toMatchObject([
    { number: 0, ...unindexed },
    { number: 1, ...unindexed },
  ]);
});

test("a header alone, left by a page that crashed at once, is in nobody's way", async () => {
  const header = syntheticInit([video]);
  const chunk = {
    ...chunks[0]!,
    sizeBytes: header.length,
    sha256: createHash('sha256').update(header).digest('hex'),
  };
  const empty = await proveSegment(0, [chunk], () => Promise.resolve(header), 4);
  expect(empty).toMatchObject({ container: 'mp4', fragments: [] });
  expect(indexedSeconds(empty)).toBe(0);
  const full = { ...(await prove(4)), number: 1 };
  expect(indexedTogether([empty, full])).toEqual([empty, full]);
  expect(indexedTogether([empty, { ...full, init: null, fragments: null }])[0]).toEqual(empty);
});

test('a take is proved as its chunks come, and no chunk is read twice', async () => {
  const held = [...chunks, ...chunks.map((chunk) => ({ ...chunk, segment: 1 }))];
  const reads: string[] = [];
  const proving = new TakeProving([2, 2], (key) => {
    reads.push(key);
    return Promise.resolve(pieces[Number(key)]!);
  });
  await proving.advance([held[1]!, held[2]!]);
  expect(reads).toEqual([]);
  await proving.advance(held.slice(0, 3));
  expect(reads).toEqual(['0', '1', '0']);
  await proving.advance(held);
  expect(reads).toEqual(['0', '1', '0', '1']);
  const proof = await prove(4);
  expect(proving.result()).toEqual([proof, { ...proof, number: 1 }]);
});

test('a chunk that could not be read is tried again', async () => {
  let broken = true;
  const read = (key: string): Promise<Buffer> =>
    broken && key === '1' ? Promise.reject(new Error('away')) : Promise.resolve(pieces[Number(key)]!);
  const proving = new TakeProving([2], read);
  await expect(proving.advance(chunks)).rejects.toThrow('away');
  broken = false;
  await proving.advance(chunks);
  expect(proving.result()).toEqual([await prove(4)]);
});
