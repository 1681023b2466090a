/** Timestamps of sound jitter by a few milliseconds; more than this is sound that never came. */
const toleranceUs = 20_000;
const windowUs = 10_000_000;
/** Of the sound of one window: 2 %. */
const lostMaxUs = 200_000;

/**
 * Finds sound that a browser threw away. Encoders stamp what they make by counting samples, so what is missing would
 * pull all that follows forward, away from the picture: it has to be replaced by as much silence. Pure but for what it
 * remembers.
 */
export class SoundGaps {
  /** Where the next piece begins when nothing is missing: counted as the encoder counts. */
  #nextUs: number | null = null;
  #gaps: { atUs: number; lengthUs: number }[] = [];

  /** To be asked about every piece, in order. @returns microseconds of sound missing before it, mostly 0. */
  before(timestampUs: number, durationUs: number): number {
    const gapUs = timestampUs - (this.#nextUs ?? timestampUs);
    // Compared with the count and not with the piece before: many small gaps add up as well.
    const missingUs = gapUs > toleranceUs ? gapUs : 0;
    if (missingUs > 0) this.#gaps.push({ atUs: timestampUs, lengthUs: missingUs });
    this.#gaps = this.#gaps.filter(({ atUs }) => atUs > timestampUs - windowUs);
    this.#nextUs = (this.#nextUs ?? timestampUs) + missingUs + durationUs;
    return missingUs;
  }

  /** More is missing than a listener should bear: another recorder may do better. */
  get tooMany(): boolean {
    return this.#gaps.reduce((sum, { lengthUs }) => sum + lengthUs, 0) > lostMaxUs;
  }
}
