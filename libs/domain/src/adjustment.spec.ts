import { adjustLimits } from './adjustment';

describe('adjustLimits', () => {
  const limits = { thinkSeconds: 60, answerSeconds: 120, takes: 2 };

  it('leaves limits alone without an adjustment', () => {
    expect(adjustLimits(limits, null)).toEqual({ ...limits, showCountdown: true });
  });

  it('applies every part of a granted adjustment', () => {
    expect(
      adjustLimits(limits, { thinkFactor: 1.5, answerFactor: 2, extraTakes: 1, hideCountdown: true }),
    ).toEqual({ thinkSeconds: 90, answerSeconds: 240, takes: 3, showCountdown: false });
  });

  it('lifts the think limit when the factor is null', () => {
    const granted = { thinkFactor: null, answerFactor: 1, extraTakes: 0, hideCountdown: false };
    expect(adjustLimits(limits, granted).thinkSeconds).toBeNull();
  });
});
