import type { ChunkRow } from '@fairtake/database';
import { isAudioOnly, piecesOf } from './own-recording';

const chunks = [4, 3, 5].map((sizeBytes, index): ChunkRow => ({
  segment: 0,
  index,
  sizeBytes,
  sha256: '',
  storageKey: `c${index}`,
}));
const pieces = (start: number, end: number) =>
  piecesOf(chunks, { start, end }).map((piece) => `${piece.storageKey}:${piece.start}-${piece.end}`);

describe('piecesOf', () => {
  it.each([
    [0, 11, ['c0:0-3', 'c1:0-2', 'c2:0-4']],
    [0, 3, ['c0:0-3']],
    [3, 4, ['c0:3-3', 'c1:0-0']],
    [5, 5, ['c1:1-1']],
    [2, 9, ['c0:2-3', 'c1:0-2', 'c2:0-2']],
    [11, 11, ['c2:4-4']],
  ])('bytes %i to %i', (start, end, expected) => {
    expect(pieces(start, end)).toEqual(expected);
  });
});

describe('isAudioOnly', () => {
  const init = (kind: 'video' | 'audio') => ({
    init: { offset: 0, sizeBytes: 1, timescale: 1, tracks: [{ kind, codec: '' }] },
  });
  it('says so only of what was indexed', () => {
    expect(isAudioOnly([init('audio')])).toBe(true);
    expect(isAudioOnly([init('audio'), init('video')])).toBe(false);
    expect(isAudioOnly([init('audio'), { init: null }])).toBeNull();
  });
});
