import { limits } from '@fairtake/contracts';
import { AppError } from '@fairtake/server-kit';
import { ChunkPace } from './chunk-pace';

let nowMs: number;
const pace = () => new ChunkPace({ now: () => new Date(nowMs) });
beforeEach(() => {
  nowMs = 1_000_000;
});

/** How many of `tries` are admitted. */
const admitted = (of: ChunkPace, tries: number, take = 'take'): number => {
  let count = 0;
  for (let i = 0; i < tries; i += 1)
    try {
      of.admit(take);
      count += 1;
    } catch (error) {
      expect(error).toMatchObject({ code: 'too_many_requests', options: { retryAfterSeconds: 1 } });
      expect(error).toBeInstanceOf(AppError);
    }
  return count;
};

test('a burst, then a steady rate', () => {
  const one = pace();
  expect(admitted(one, 100)).toBe(limits.chunksBurst);
  nowMs += 1_000;
  expect(admitted(one, 100)).toBe(limits.chunksPerSecond);
  nowMs += 3_600_000;
  expect(admitted(one, 100)).toBe(limits.chunksBurst);
});

test('every take has a pace of its own, and a clock that steps back takes nothing away', () => {
  const one = pace();
  admitted(one, 100, 'first');
  expect(admitted(one, 1, 'second')).toBe(1);
  nowMs -= 3_600_000;
  expect(admitted(one, 1, 'second')).toBe(1);
});
