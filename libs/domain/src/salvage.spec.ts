import * as fc from 'fast-check';
import { missingSeconds, playablePrefixes } from './salvage';
import type { SeenTake } from './take-fault';

const take: SeenTake = {
  ...{ state: 'open', startedAt: new Date(0), recordingEndsAt: new Date(75_000), leasedAt: new Date(40_000) },
  ...{ chunkCount: 10, sizeBytes: 1_000, durationMs: null, verdict: null },
};

test.each([
  ['whole', [0, 1, 2], [{ segment: 0, count: 3 }]],
  ['a gap', [0, 1, 3, 4], [{ segment: 0, count: 2 }]],
  ['its header lost', [1, 2], []],
  ['nothing', [], []],
])('of a segment with %s', (_name, indexes, prefixes) => {
  expect(playablePrefixes([{ segment: 0, indexes }])).toEqual(prefixes);
});

test('no piece behind a gap is ever played', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(30)), (indexes) => {
      const sorted = [...indexes].sort((a, b) => a - b);
      const [prefix] = playablePrefixes([{ segment: 3, indexes: sorted }]);
      const count = prefix?.count ?? 0;
      for (let index = 0; index < count; index += 1) expect(indexes).toContain(index);
      expect(indexes).not.toContain(count);
    }),
  );
});

test.each([
  ['the recorder knew', 60_000, 0, 48, 10, 12],
  ['nobody knows: as long as pieces came in', null, 0, 28, 10, 12],
  ['the recorder claims more than was allowed', 3_600_000, 0, 60, 10, 15],
  ['the recorder claims less than arrived behind the gap', 4_000, 20, 4, 10, 16],
  ['a piece that was lost weighs nothing', 48_000, 48, 48, 19, 1],
  ['only the share of pieces is known', 60_000, 0, null, 10, 30],
  ['all of it is there', 48_000, 48, 48, 20, 0],
])('%s', (_name, declaredMs, recordedSeconds, playableSeconds, played, seconds) => {
  const length = { declaredMs, recordedSeconds };
  expect(missingSeconds(take, length, playableSeconds, { played, known: 20 })).toBe(seconds);
});
