import { createLevelMeter, measureLevel, type LevelReading } from './level-meter';
import { FakeStream } from '../testing/fake-media';
import { VirtualClock } from '../testing/virtual-clock';

class FakeAudioContext {
  static amplitude = 0;
  static closed = 0;
  state = 'running';
  createAnalyser() {
    return {
      fftSize: 0,
      getFloatTimeDomainData: (samples: Float32Array) => samples.fill(FakeAudioContext.amplitude),
    };
  }
  createMediaStreamSource() {
    return { connect: () => undefined, disconnect: () => undefined };
  }
  async resume() {}
  async close() {
    FakeAudioContext.closed++;
  }
}

describe('measureLevel', () => {
  it.each([
    [0, 0, false],
    [0.001, 0, false],
    [0.0316, 0.5, false],
    [1, 1, true],
  ])('measures a constant %p as %p', (amplitude, level, clipping) => {
    const measured = measureLevel(new Float32Array(64).fill(amplitude));
    expect(measured.level).toBeCloseTo(level, 2);
    expect(measured.clipping).toBe(clipping);
  });
});

describe('createLevelMeter', () => {
  it('reads 20 times a second, counts silence, and stops', async () => {
    const clock = new VirtualClock(() => Promise.resolve());
    const readings: LevelReading[] = [];
    FakeAudioContext.amplitude = 0;
    const meter = createLevelMeter(
      new FakeStream('audio').asMediaStream(),
      (_, reading) => readings.push(reading),
      {
        clock,
        AudioContext: FakeAudioContext as unknown as typeof AudioContext,
      },
    );
    await clock.advance(5_000);
    expect(readings).toHaveLength(100);
    expect(readings.at(-1)).toEqual({ level: 0, clipping: false, silentMs: 5_000 });
    FakeAudioContext.amplitude = 0.3;
    await clock.advance(50);
    expect(readings.at(-1)!.silentMs).toBe(0);
    expect(readings.at(-1)!.level).toBeGreaterThan(0.7);
    meter.stop();
    await clock.advance(1_000);
    expect(readings).toHaveLength(101);
    expect(FakeAudioContext.closed).toBe(1);
  });
});
