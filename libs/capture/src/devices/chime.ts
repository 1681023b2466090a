const notes = [
  { hertz: 523.25, atSeconds: 0 },
  { hertz: 659.26, atSeconds: 0.22 },
  { hertz: 783.99, atSeconds: 0.44 },
];
const noteSeconds = 0.5;
const loudness = 0.25;

/**
 * Plays three soft notes through the loudspeaker, made on the spot. Call it from a press only. Resolves when they have
 * ended; rejects when the browser gives no sound.
 */
export async function playChime(Context: typeof AudioContext = AudioContext): Promise<void> {
  const context = new Context();
  try {
    await context.resume();
    const begin = context.currentTime + 0.05;
    const ends = notes.map(({ hertz, atSeconds }) => {
      const [tone, gain] = [context.createOscillator(), context.createGain()];
      const start = begin + atSeconds;
      tone.frequency.value = hertz;
      // A tone that begins or ends at full loudness clicks.
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(loudness, start + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.001, start + noteSeconds);
      tone.connect(gain).connect(context.destination);
      tone.start(start);
      tone.stop(start + noteSeconds);
      return new Promise<void>((resolve) => (tone.onended = () => resolve()));
    });
    await Promise.all(ends);
  } finally {
    void context.close().catch(() => undefined);
  }
}
