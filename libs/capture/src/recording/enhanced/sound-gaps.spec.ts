import { SoundGaps } from './sound-gaps';

const pieceUs = 10_000;

/** Pieces of 10 ms; those of `lostMs` never come. @returns what had to be filled, in milliseconds */
function hear(gaps: SoundGaps, totalMs: number, isLost: (atMs: number) => boolean, jitterUs = 0): number {
  let filledUs = 0;
  for (let atMs = 0; atMs < totalMs; atMs += 10) {
    const jitter = (atMs / 10) % 2 === 0 ? jitterUs : -jitterUs;
    if (!isLost(atMs)) filledUs += gaps.before(5_000_000 + atMs * 1_000 + jitter, pieceUs);
  }
  return filledUs / 1_000;
}

describe('SoundGaps', () => {
  it('finds nothing where sound comes without a hole, however its timestamps jitter', () => {
    const gaps = new SoundGaps();
    expect(hear(gaps, 60_000, () => false, 8_000)).toBe(0);
    expect(gaps.tooMany).toBe(false);
  });

  it('tells the length of a hole', () => {
    const gaps = new SoundGaps();
    expect(hear(gaps, 2_000, (atMs) => atMs >= 1_000 && atMs < 1_150)).toBe(150);
    expect(gaps.tooMany).toBe(false);
  });

  it('finds small holes that add up, so that sound never runs away from the picture', () => {
    const filledMs = hear(new SoundGaps(), 20_000, (atMs) => atMs % 1_000 === 500);
    expect(Math.abs(filledMs - 200)).toBeLessThanOrEqual(20);
  });

  it('says when more than 2 % of ten seconds is missing, and forgets what is longer ago', () => {
    const often = new SoundGaps();
    hear(often, 9_000, (atMs) => atMs % 3_000 >= 2_900);
    expect(often.tooMany).toBe(false);
    const jammed = new SoundGaps();
    hear(jammed, 3_000, (atMs) => atMs % 1_000 >= 800);
    expect(jammed.tooMany).toBe(true);
    const long = new SoundGaps();
    hear(long, 40_000, (atMs) => atMs > 1_000 && atMs % 11_000 < 190);
    expect(long.tooMany).toBe(false);
  });
});
