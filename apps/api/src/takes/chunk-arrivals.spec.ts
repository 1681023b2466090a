import { ChunkArrivals } from './chunk-arrivals';

const chunk = (index: number) => ({ segment: 0, index, sizeBytes: 1, sha256: 'a', storageKey: 'k' });
const never = 2 ** 30;

test('whoever waits is told at once, and only of their take', async () => {
  const arrivals = new ChunkArrivals();
  const watch = arrivals.watch('mine');
  const next = watch.next(never);
  arrivals.announce('another', chunk(7));
  arrivals.announce('mine', chunk(0));
  expect(await next).toEqual([chunk(0)]);
  watch.end();
});

test('what comes while nobody waits is kept for the next one who does', async () => {
  const arrivals = new ChunkArrivals();
  const [first, second] = [arrivals.watch('mine'), arrivals.watch('mine')];
  arrivals.announce('mine', chunk(0));
  first.end();
  arrivals.announce('mine', chunk(1));
  expect(await second.next(never)).toEqual([chunk(0), chunk(1)]);
  expect(await second.next(0)).toEqual([]);
  second.end();
  const late = arrivals.watch('mine');
  expect(await late.next(0)).toEqual([]);
  late.end();
});
