import { ladder, rungBytesPerSecond, type RungName } from './ladder';
import { RungControl } from './rung-control';

const kbps = (value: number): number => (value * 1_000) / 8;
const can = { canAim: true, overloaded: false };
const cannot = { canAim: false, overloaded: false };

function set(start: RungName, { segmentBudget = 10, surplus = 1 } = {}) {
  let rate: number | null = null;
  let nowMs = 0;
  const link = {
    getSnapshot: () => ({ bytesPerSecond: rate, roundTripMs: 50, backlogBytes: 0 }),
    subscribe: () => () => undefined,
  };
  const control = new RungControl({
    ...{ start, floor: 'audio', nowMs, segmentBudget, link },
    remainingMs: () => 120_000,
  });
  /** What was done in so many seconds at this link, each with the second. */
  const pass = (seconds: number, linkKbps: number, recorder = can): string[] => {
    const done: string[] = [];
    for (let second = 1; second <= seconds; second++) {
      nowMs += 1_000;
      // Never twice the same measure.
      rate = kbps(linkKbps) + nowMs / 1e6;
      control.produced(rungBytesPerSecond(ladder[control.wanted]!) * surplus, nowMs);
      const step = control.step(nowMs, recorder);
      if (step.do === 'nothing') continue;
      done.push(`${second}s ${step.do} ${ladder[step.rung]!.name}`);
      if (step.do === 'cut') control.began(step.rung, nowMs);
    }
    return done;
  };
  return { control, pass };
}

describe('RungControl', () => {
  it('crosses one rung by the bitrate alone, and lets the size follow when it stays', () => {
    const { control, pass } = set('720p30');
    expect(pass(14, 1_000)).toEqual(['5s aim 540p30']);
    expect(control.rung).toBe(0);
    expect(pass(10, 1_000)).toEqual(['6s cut 540p30']);
    expect(ladder[control.rung]!.name).toBe('540p30');
  });

  it('goes back by the bitrate alone when the link recovers soon', () => {
    const { pass } = set('720p30');
    expect(pass(6, 1_000)).toEqual(['5s aim 540p30']);
    expect(pass(12, 9_000)).toEqual(['11s aim 720p30']);
    expect(pass(60, 9_000)).toEqual([]);
  });

  it('cuts at once over two rungs, and with a recorder that cannot aim over one', () => {
    expect(set('720p30').pass(6, 500)).toEqual(['5s cut 360p24']);
    expect(set('720p30').pass(6, 1_000, cannot)).toEqual(['5s cut 540p30']);
  });

  it('cuts to sound alone and back, although that is one rung', () => {
    const { control, pass } = set('180p10');
    expect(pass(6, 60)).toEqual(['5s cut audio']);
    expect(ladder[control.rung]!.name).toBe('audio');
    expect(pass(12, 900)).toEqual(['11s cut 180p10']);
  });

  it('cuts for a device that is too slow: fewer bits would not help it', () => {
    expect(set('720p30').pass(6, 9_000, { canAim: true, overloaded: true })).toEqual(['5s cut 540p30']);
  });

  it('spends no more segments than it was given', () => {
    const { pass } = set('720p30', { segmentBudget: 2 });
    const steps = Array.from({ length: 10 }, (_, turn) => pass(60, turn % 2 ? 9_000 : 400, cannot)).flat();
    expect(steps.filter((step) => step.includes('cut'))).toHaveLength(2);
  });

  it('reads what was really produced', () => {
    expect(set('360p24').pass(20, 800)).toEqual([]);
    expect(set('360p24', { surplus: 3 }).pass(20, 800)).not.toEqual([]);
  });
});
