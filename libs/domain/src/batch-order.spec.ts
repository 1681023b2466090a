import fc from 'fast-check';
import { batchOrder } from './batch-order';

const clips = (n: number) => Array.from({ length: n }, (_, i) => `clip-${i}`);

describe('batchOrder', () => {
  it('is a permutation, the same for the same seed whatever order rows came in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), fc.nat(40), (n, reviewer) => {
        const order = batchOrder(clips(n), reviewer, 'round/question');
        expect([...order].sort()).toEqual(clips(n).sort());
        expect(batchOrder(clips(n).reverse(), reviewer, 'round/question')).toEqual(order);
      }),
    );
  });

  it('lets every clip stand once at every place and follow every other once over n reviewers (even n)', () => {
    const n = 8;
    const rows = Array.from({ length: n }, (_, reviewer) => batchOrder(clips(n), reviewer, 'seed'));
    for (let place = 0; place < n; place += 1) expect(new Set(rows.map((row) => row[place])).size).toBe(n);
    const pairs = rows.flatMap((row) => row.slice(1).map((clip, i) => `${row[i]}>${clip}`));
    expect(new Set(pairs).size).toBe(n * (n - 1));
  });
});
