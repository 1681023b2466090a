import { backOffMs, chunkLeastBytes, chunkTargetBytes, Concurrency, putTimeoutMs } from './chunk-policy';
import { Goodput } from './goodput';

describe('chunk policy', () => {
  it.each([
    [null, 65_536],
    [10_000, 65_536],
    [100_000, 200_000],
    [10_000_000, 1_048_576],
  ])('aims at two seconds of the link: %p B/s → %p B', (rate, target) => {
    expect(chunkTargetBytes(rate)).toBe(target);
  });

  it('takes anything while idle, a little beside one chunk, and only full chunks beside two', () => {
    expect(chunkLeastBytes(0)).toBe(0);
    expect(chunkLeastBytes(1)).toBe(16_384);
    expect(chunkLeastBytes(2)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [1_000, 1_000_000, 100, 15_000],
    [1_000_000, 100_000, 250, 41_000],
    [1_048_576, 10_000, 100, 120_000],
  ])('gives %p B at %p B/s and %p ms round trip a deadline of %p ms', (bytes, rate, rtt, deadline) => {
    expect(putTimeoutMs(bytes, rate, rtt)).toBe(deadline);
  });

  it('backs off with full jitter up to 30 s and stays finite for ever', () => {
    expect(backOffMs(1, () => 1)).toBe(1_000);
    expect(backOffMs(3, () => 0.5)).toBe(2_000);
    expect(backOffMs(2_000, () => 1)).toBe(30_000);
    expect(backOffMs(5, () => 0)).toBe(0);
  });

  it('uses one request on a thin link, two otherwise, four when that helps', () => {
    const concurrency = new Concurrency();
    expect(concurrency.limit(null)).toBe(2);
    expect(concurrency.limit(18_000)).toBe(1);
    concurrency.acknowledged(3, 100_000);
    expect(concurrency.limit(100_000)).toBe(3);
    concurrency.acknowledged(3, 105_000);
    expect(concurrency.limit(105_000)).toBe(3);
    concurrency.acknowledged(3, 120_000);
    concurrency.acknowledged(9, 900_000);
    expect(concurrency.limit(900_000)).toBe(4);
    concurrency.troubled();
    expect(concurrency.limit(900_000)).toBe(2);
    concurrency.troubled();
    concurrency.troubled();
    expect(concurrency.limit(900_000)).toBe(1);
  });
});

describe('Goodput', () => {
  it('counts only time with a request under way', () => {
    const goodput = new Goodput();
    goodput.started(0);
    goodput.acknowledged(50_000, 1_000);
    goodput.started(60_000);
    goodput.acknowledged(50_000, 61_000);
    expect(goodput.bytesPerSecond).toBe(50_000);
  });

  it('does not take two responses in one instant for a fast link', () => {
    const goodput = new Goodput();
    goodput.started(0);
    goodput.started(0);
    goodput.acknowledged(50_000, 2_000);
    goodput.acknowledged(50_000, 2_001);
    expect(goodput.bytesPerSecond).toBeCloseTo(100_000_000 / 2_001, 0);
  });

  it('follows a link that collapses within two responses', () => {
    const goodput = new Goodput();
    for (let second = 0; second < 5; second++) {
      goodput.started(second * 1_000);
      goodput.acknowledged(200_000, (second + 1) * 1_000);
    }
    goodput.started(5_000);
    goodput.acknowledged(10_000, 15_000);
    goodput.started(15_000);
    goodput.acknowledged(10_000, 25_000);
    expect(goodput.bytesPerSecond!).toBeLessThan(40_000);
  });

  const steady = (): Goodput => {
    const goodput = new Goodput();
    for (let second = 0; second < 5; second++) {
      goodput.started(second * 1_000);
      goodput.acknowledged(200_000, (second + 1) * 1_000);
    }
    return goodput;
  };

  it('does not believe one slow answer of the server', () => {
    const goodput = steady();
    goodput.started(5_000);
    goodput.acknowledged(200_000, 13_000);
    expect(goodput.bytesPerSecond).toBe(200_000);
    goodput.started(13_000);
    goodput.acknowledged(200_000, 14_000);
    expect(goodput.bytesPerSecond).toBe(200_000);
  });

  it('does not believe two answers that waited for the same thing', () => {
    const goodput = steady();
    goodput.started(5_000);
    goodput.started(5_000);
    goodput.acknowledged(200_000, 13_000);
    goodput.acknowledged(200_000, 13_001);
    goodput.started(13_001);
    goodput.acknowledged(200_000, 14_001);
    expect(goodput.bytesPerSecond).toBe(200_000);
  });

  it('forgives once in a while, not every time', () => {
    const goodput = steady();
    for (let round = 0; round < 4; round++) {
      const atMs = 5_000 + round * 10_000;
      goodput.started(atMs);
      goodput.acknowledged(200_000, atMs + 9_000);
      goodput.started(atMs + 9_000);
      goodput.acknowledged(200_000, atMs + 10_000);
    }
    expect(goodput.bytesPerSecond!).toBeLessThan(80_000);
  });
});
