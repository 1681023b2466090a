const SAMPLE_RATE = 22_050;

/** First three resonances of five vowels in Hz (Peterson and Barney 1952, rounded means). */
const VOWELS = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
];

/** The source loses 6 dB an octave; lips give it back, and so do these. */
const WEIGHTS = [0.5, 1.6, 3];
const PEAK = 0.6;

/**
 * Sounds like speech and says nothing: a buzzing source through vowel resonances, syllables of changing
 * length, a hiss now and then, pauses between phrases. For machines without a speech program.
 *
 * @param {{ seconds: number, pitchHz: number, seed: number }} options
 */
export function babble({ seconds, pitchHz, seed }) {
  const random = createRandom(seed);
  const samples = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  let at = 0;
  while (at < samples.length) {
    const syllables = 4 + Math.floor(random() * 6);
    for (let index = 0; index < syllables && at < samples.length; index++) {
      at = addSyllable(samples, at, { random, pitchHz: pitchHz * (1.12 - (0.25 * index) / syllables) });
    }
    at += Math.round((0.25 + random() * 0.35) * SAMPLE_RATE);
  }
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { samples: samples.map((sample) => (sample / loudest) * PEAK), sampleRate: SAMPLE_RATE };
}

function addSyllable(samples, start, { random, pitchHz }) {
  const length = Math.round((0.13 + random() * 0.13) * SAMPLE_RATE);
  const hiss = random() < 0.35 ? Math.round(0.05 * SAMPLE_RATE) : 0;
  const from = VOWELS[Math.floor(random() * VOWELS.length)];
  const to = VOWELS[Math.floor(random() * VOWELS.length)];
  const resonators = from.map(() => createResonator());
  let phase = 0;
  for (let index = 0; index < hiss + length && start + index < samples.length; index++) {
    if (index < hiss) {
      samples[start + index] = (random() - 0.5) * 0.12 * Math.sin((Math.PI * index) / hiss);
      continue;
    }
    const t = (index - hiss) / length;
    phase = (phase + (pitchHz * (1 + 0.02 * Math.sin(30 * t))) / SAMPLE_RATE) % 1;
    const source = 1 - 2 * phase + (random() - 0.5) * 0.1;
    const tones = resonators.map(
      (resonate, n) => resonate(source, from[n] + (to[n] - from[n]) * t) * WEIGHTS[n],
    );
    samples[start + index] = tones.reduce((sum, tone) => sum + tone, 0) * Math.sin(Math.PI * t) ** 0.6 * 0.5;
  }
  return start + hiss + length;
}

/** A two-pole resonance of 90 Hz width with unit gain at its centre, about. */
function createResonator() {
  const radius = Math.exp((-Math.PI * 90) / SAMPLE_RATE);
  let [one, two] = [0, 0];
  return (input, frequencyHz) => {
    const output =
      input * (1 - radius) +
      2 * radius * Math.cos((2 * Math.PI * frequencyHz) / SAMPLE_RATE) * one -
      radius * radius * two;
    [two, one] = [one, output];
    return output;
  };
}

/** The same numbers for the same seed (mulberry32), so that clips are the same on every machine. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
