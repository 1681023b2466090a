import type { LevelReading } from './level-meter';

/** Below this nobody is speaking: a quiet room measures about 0.2 on the meter's scale. */
const speechLevel = 0.35;
/** Single words, not a cough or a knock: about a quarter of a second at twenty readings a second. */
const speechReadings = 5;
const silentForMs = 3_000;
/** Too loud for longer than a laugh. */
const clippingReadings = 12;
const clippingWindow = 60;

/** What the microphone has brought so far. */
export type HeardSoFar = 'nothing_yet' | 'speech' | 'too_loud' | 'silent';

/** Judges readings of the level meter one after the other. Once speech was heard, a pause is only a pause. */
export class SoundJudge {
  #speech = 0;
  #clipped: boolean[] = [];

  add({ level, clipping, silentMs }: LevelReading): HeardSoFar {
    if (level >= speechLevel) this.#speech++;
    this.#clipped = [...this.#clipped, clipping].slice(-clippingWindow);
    if (this.#clipped.filter(Boolean).length >= clippingReadings) return 'too_loud';
    if (this.#speech >= speechReadings) return 'speech';
    return silentMs >= silentForMs ? 'silent' : 'nothing_yet';
  }
}
