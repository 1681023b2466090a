import * as fc from 'fast-check';
import { RangeNotSatisfiable } from './errors';
import { clipRange } from './ranges';

describe('clipRange', () => {
  it('delivers everything without a range, also nothing of nothing', () => {
    expect(clipRange(undefined, 10)).toEqual({ start: 0, lengthBytes: 10 });
    expect(clipRange(undefined, 0)).toEqual({ start: 0, lengthBytes: 0 });
  });

  it('delivers the same bytes as a slice', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(40), fc.integer({ min: 1, max: 30 }), (start, more, sizeBytes) => {
        fc.pre(start < sizeBytes);
        const bytes = Buffer.alloc(sizeBytes);
        const clipped = clipRange({ start, end: start + more }, sizeBytes);
        return clipped.lengthBytes === bytes.subarray(start, start + more + 1).length;
      }),
      { numRuns: 100 },
    );
  });

  it('refuses a start behind the last byte and names the size', () => {
    expect(() => clipRange({ start: 10 }, 10)).toThrow(new RangeNotSatisfiable(10));
    expect(() => clipRange({ start: 0 }, 0)).toThrow(RangeNotSatisfiable);
    expect(clipRange({ start: 9 }, 10)).toEqual({ start: 9, lengthBytes: 1 });
  });

  it.each([{ start: -1 }, { start: 2, end: 1 }, { start: 0.5 }, { start: 0, end: NaN }])(
    'refuses %j as no range at all',
    (range) => {
      expect(() => clipRange(range, 10)).toThrow(RangeError);
    },
  );
});
