import fc from 'fast-check';
import { fits, RungChooser, type FitReading } from './fit-rule';
import { ladder, rungBytesPerSecond, rungIndex, sizeAt, type RungName } from './ladder';

const kbps = (value: number): number => (value * 1_000) / 8;

/** A link and a recorder that obeys, second by second. */
class Run {
  readonly chooser: RungChooser;
  nowMs = 0;

  constructor(start: RungName = '720p30', floor: RungName = 'audio') {
    this.chooser = new RungChooser({ start, floor });
  }

  get rung(): RungName {
    return ladder[this.chooser.index]!.name;
  }

  /** Lets seconds pass; measures of a link are never twice the same. */
  pass(seconds: number, reading: Partial<FitReading>): RungName {
    for (let second = 0; second < seconds; second++) {
      this.nowMs += 1_000;
      const asked = rungBytesPerSecond(ladder[this.chooser.index]!);
      const rate = reading.bytesPerSecond;
      this.chooser.observe({
        ...{ backlogBytes: 0, leftSeconds: 60, overloaded: false },
        ...{ producedBytesPerSecond: asked, askedBytesPerSecond: asked },
        ...reading,
        nowMs: this.nowMs,
        bytesPerSecond: rate ? rate + this.nowMs / 1e6 : null,
      });
    }
    return this.rung;
  }
}

describe('fits', () => {
  it('counts the whole answer: a backlog that a long answer works off fits, in a short one it does not', () => {
    const rate = kbps(1_000);
    expect(fits(kbps(5_000), kbps(700), 60, rate)).toBe(true);
    expect(fits(kbps(5_000), kbps(700), 10, rate)).toBe(false);
  });

  it('leaves 15 % of the link and two seconds of tail', () => {
    expect(fits(0, kbps(850), 60, kbps(1_000))).toBe(true);
    expect(fits(kbps(2_000), kbps(850), 60, kbps(1_000))).toBe(true);
    expect(fits(kbps(2_001), kbps(850), 60, kbps(1_000))).toBe(false);
  });
});

describe('RungChooser', () => {
  it('stays where it began while nothing is known of the link', () => {
    expect(new Run('540p30').pass(60, { bytesPerSecond: null })).toBe('540p30');
  });

  it('goes down after four seconds of not fitting, at once to what fits', () => {
    const run = new Run();
    expect(run.pass(4, { bytesPerSecond: kbps(500) })).toBe('720p30');
    expect(run.pass(1, { bytesPerSecond: kbps(500) })).toBe('360p24');
    expect(run.pass(30, { bytesPerSecond: kbps(500) })).toBe('360p24');
  });

  it('looks at the bytes really produced: a noisy picture goes further down', () => {
    const run = new Run();
    const noisy = { producedBytesPerSecond: kbps(2_496), askedBytesPerSecond: kbps(1_248) };
    expect(run.pass(5, { bytesPerSecond: kbps(1_600), ...noisy })).toBe('360p24');
  });

  it('does not react to one slow response, however long it stays the newest', () => {
    const run = new Run();
    run.pass(3, { bytesPerSecond: kbps(5_000) });
    const slow = kbps(50);
    for (let second = 0; second < 20; second++) {
      run.nowMs += 1_000;
      const asked = rungBytesPerSecond(ladder[0]!);
      run.chooser.observe({
        ...{ nowMs: run.nowMs, bytesPerSecond: slow, backlogBytes: 0, leftSeconds: 60, overloaded: false },
        ...{ producedBytesPerSecond: asked, askedBytesPerSecond: asked },
      });
    }
    expect(run.rung).toBe('720p30');
  });

  it('goes down when nothing is answered any more and the backlog grows', () => {
    const run = new Run();
    run.pass(3, { bytesPerSecond: kbps(1_700) });
    for (let second = 1; second <= 20; second++)
      run.pass(1, { bytesPerSecond: null, backlogBytes: second * kbps(1_248), leftSeconds: 20 });
    expect(rungIndex(run.rung)).toBeGreaterThan(0);
  });

  it('goes up one rung at a time, after ten seconds with 30 % to spare', () => {
    const run = new Run('360p15');
    expect(run.pass(10, { bytesPerSecond: kbps(5_000) })).toBe('360p15');
    expect(run.pass(1, { bytesPerSecond: kbps(5_000) })).toBe('360p24');
    expect(run.pass(10, { bytesPerSecond: kbps(5_000) })).toBe('360p24');
    expect(run.pass(1, { bytesPerSecond: kbps(5_000) })).toBe('540p30');
    // 1248 · 1.3 is more than 85 % of it.
    expect(run.pass(60, { bytesPerSecond: kbps(1_500) })).toBe('540p30');
  });

  it('gives up the picture only below 110 kbit/s or for a tail above 30 s', () => {
    expect(new Run().pass(8, { bytesPerSecond: kbps(115) })).toBe('180p10');
    expect(new Run().pass(8, { bytesPerSecond: kbps(100) })).toBe('audio');
    const tail = { bytesPerSecond: kbps(200), backlogBytes: kbps(200) * 70 };
    expect(new Run().pass(8, tail)).toBe('audio');
  });

  it('comes back from sound alone when the link does', () => {
    const run = new Run('audio');
    expect(run.pass(60, { bytesPerSecond: kbps(120) })).toBe('audio');
    expect(run.pass(12, { bytesPerSecond: kbps(1_000) })).toBe('180p10');
  });

  it('never goes below the floor', () => {
    expect(new Run('720p30', '360p24').pass(60, { bytesPerSecond: kbps(40) })).toBe('360p24');
    expect(new Run('audio', '360p24').rung).toBe('360p24');
  });

  it('goes down for a device that is too slow, but never to sound alone', () => {
    const overloaded = { bytesPerSecond: null, overloaded: true };
    expect(new Run().pass(5, overloaded)).toBe('540p30');
    expect(new Run().pass(100, overloaded)).toBe('180p10');
  });

  it('changes nothing in the last three seconds', () => {
    expect(new Run().pass(30, { bytesPerSecond: kbps(50), leftSeconds: 2 })).toBe('720p30');
  });

  it('changes at most once in four seconds and stays between its ends, whatever it reads', () => {
    const reading = fc.record({
      bytesPerSecond: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
      backlogBytes: fc.nat(50_000_000),
      producedBytesPerSecond: fc.nat(1_000_000),
      leftSeconds: fc.nat(1_800),
      overloaded: fc.boolean(),
    });
    const names = ladder.map(({ name }) => name);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        fc.array(reading, { maxLength: 120 }),
        (start, floor, readings) => {
          const chooser = new RungChooser({ start, floor });
          let changedAtMs = Number.NEGATIVE_INFINITY;
          readings.forEach((each, second) => {
            const before = chooser.index;
            const nowMs = second * 1_000;
            const after = chooser.observe({ ...each, nowMs, askedBytesPerSecond: kbps(500) });
            expect(after).toBeGreaterThanOrEqual(0);
            expect(after).toBeLessThanOrEqual(rungIndex(floor));
            if (after === before) return;
            expect(nowMs - changedAtMs).toBeGreaterThanOrEqual(4_000);
            if (after < before) expect(before - after).toBe(1);
            changedAtMs = nowMs;
          });
        },
      ),
    );
  });
});

describe('sizeAt', () => {
  const at = (name: RungName, width: number, height: number) =>
    sizeAt(ladder[rungIndex(name)]!, { width, height });

  it('measures the shorter side, keeps the shape and never enlarges', () => {
    expect(at('360p24', 1_280, 720)).toEqual({ width: 640, height: 360 });
    expect(at('360p24', 720, 1_280)).toEqual({ width: 360, height: 640 });
    expect(at('540p30', 640, 480)).toEqual({ width: 640, height: 480 });
    expect(at('720p30', 1_920, 1_080)).toEqual({ width: 1_280, height: 720 });
  });

  it('gives even numbers, which H.264 needs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 4_000 }),
        fc.integer({ min: 16, max: 4_000 }),
        (width, height) => {
          const size = at('360p15', width, height);
          expect([size.width % 2, size.height % 2]).toEqual([0, 0]);
        },
      ),
    );
  });
});
