import fc from 'fast-check';
import { interviewScore, isSplit, median, type GivenLevel } from './scores';

const given = (reviewerId: string, criterionId: string, level: number): GivenLevel => ({
  reviewerId,
  criterionId,
  level,
  weight: 1,
});

describe('median and split', () => {
  it('takes the middle', () => {
    expect(median([5, 1, 4])).toBe(4);
    expect(median([4, 5])).toBe(4.5);
    expect(median([])).toBeNull();
  });

  it('says split from a range of two', () => {
    expect(isSplit([3, 4])).toBe(false);
    expect(isSplit([3, 4, 5])).toBe(true);
    expect(isSplit([1])).toBe(false);
  });
});

describe('interviewScore', () => {
  const weights = new Map([
    ['a', 1],
    ['b', 3],
  ]);

  it('weighs criterion means', () => {
    const score = interviewScore(
      [given('x', 'a', 2), given('y', 'a', 4), given('x', 'b', 5), given('y', 'b', 5)],
      weights,
    );
    expect(score?.mean).toBeCloseTo((3 * 1 + 5 * 3) / 4);
    expect(score?.low).toBeCloseTo((2 * 1 + 5 * 3) / 4);
    expect(score?.high).toBeCloseTo((4 * 1 + 5 * 3) / 4);
  });

  it('drops criteria nobody could rate and gives no interval for one reviewer', () => {
    expect(interviewScore([given('x', 'a', 2)], weights)).toEqual({ mean: 2, low: null, high: null });
    expect(interviewScore([], weights)).toBeNull();
  });

  it('does not depend on order and stays between the lowest and highest level', () => {
    const level = fc.record({
      reviewerId: fc.constantFrom('x', 'y', 'z'),
      criterionId: fc.constantFrom('a', 'b'),
      level: fc.integer({ min: 1, max: 5 }),
      weight: fc.constantFrom(1, 2),
    });
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 12 }), (levels) => {
        const one = interviewScore(levels, weights)!;
        const other = interviewScore([...levels].reverse(), weights)!;
        expect(other.mean).toBeCloseTo(one.mean, 9);
        expect(one.mean).toBeGreaterThanOrEqual(Math.min(...levels.map((l) => l.level)) - 1e-9);
        expect(one.mean).toBeLessThanOrEqual(Math.max(...levels.map((l) => l.level)) + 1e-9);
      }),
      { numRuns: 20 },
    );
  });
});
