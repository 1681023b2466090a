import { systemClock, type Clock } from '../clock';

const everyMs = 50;
/** Below this root mean square (−60 dBFS) there is nothing that could be speech. */
const silentRms = 0.001;
const clippingPeak = 0.99;

export interface LevelReading {
  /** 0 (−60 dBFS or less) … 1 (full scale), on a decibel scale as the ear hears. */
  level: number;
  /** Samples at the edge of the range: too loud or too near. */
  clipping: boolean;
  /**
   * How long nothing at all was heard. Noise suppression turns a quiet room into silence, so this means a dead
   * microphone only while the person was asked to speak; 5 000 ms is a good limit then.
   */
  silentMs: number;
}

export interface LevelMeter {
  /** Releases the audio context; the stream stays as it is. */
  stop(): void;
}

/** Measures samples (−1 … 1) of one moment. */
export function measureLevel(samples: Float32Array): { rms: number; level: number; clipping: boolean } {
  let squares = 0;
  let peak = 0;
  for (const sample of samples) {
    squares += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  const rms = samples.length === 0 ? 0 : Math.sqrt(squares / samples.length);
  const decibels = rms > 0 ? 20 * Math.log10(rms) : Number.NEGATIVE_INFINITY;
  return { rms, level: Math.min(1, Math.max(0, (decibels + 60) / 60)), clipping: peak >= clippingPeak };
}

/**
 * Calls `onLevel` about 20 times a second with the loudness of the stream's microphone until `stop()`. Start it
 * from a press: without one some browsers keep the audio context asleep and every level is 0.
 */
export function createLevelMeter(
  stream: MediaStream,
  onLevel: (level: number, reading: LevelReading) => void,
  options: { clock?: Clock; AudioContext?: typeof AudioContext } = {},
): LevelMeter {
  const clock = options.clock ?? systemClock;
  const context = new (options.AudioContext ?? globalThis.AudioContext)();
  const analyser = context.createAnalyser();
  analyser.fftSize = 2_048;
  const source = context.createMediaStreamSource(stream);
  source.connect(analyser);
  // Rejects when the page goes away meanwhile; the meter is gone then too.
  void context.resume().catch(() => undefined);
  const samples = new Float32Array(analyser.fftSize);
  let heardAtMs = clock.nowMs();
  const read = (): void => {
    cancel = clock.after(everyMs, read);
    analyser.getFloatTimeDomainData(samples);
    const { rms, level, clipping } = measureLevel(samples);
    const nowMs = clock.nowMs();
    // A sleeping context delivers zeros that say nothing about the microphone.
    if (rms >= silentRms || context.state !== 'running') heardAtMs = nowMs;
    onLevel(level, { level, clipping, silentMs: nowMs - heardAtMs });
  };
  let cancel = clock.after(everyMs, read);
  return {
    stop() {
      cancel();
      source.disconnect();
      void context.close().catch(() => undefined);
    },
  };
}
