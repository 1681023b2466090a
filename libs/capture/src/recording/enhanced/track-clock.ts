/** Long enough for one delivery that was not late; nothing is recorded meanwhile. */
const settleUs = 150_000;
const settleItems = 3;

/**
 * Places one track's timestamps on the page's clock. Chromium stamps pictures and sound from different origins
 * (measured with Chromium 156: pictures since the computer started, sound since the page did), so each track is
 * placed by its arrivals: the earliest arrival seen while settling is the one with the least delay.
 */
export class TrackClock {
  #offsetUs = Number.POSITIVE_INFINITY;
  #firstArrivalUs: number | null = null;
  #items = 0;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** @returns microseconds of the page's clock, always growing; null while settling. */
  place(timestampUs: number, arrivalUs: number): number | null {
    this.#firstArrivalUs ??= arrivalUs;
    if (!this.#isSettled(arrivalUs)) {
      this.#items++;
      this.#offsetUs = Math.min(this.#offsetUs, arrivalUs - timestampUs);
      return null;
    }
    const atUs = timestampUs + this.#offsetUs;
    // A timestamp that does not grow would end the muxer; the browser's own repeats happen after a sleep.
    if (atUs <= this.#lastUs) return null;
    this.#lastUs = atUs;
    return atUs;
  }

  #isSettled(arrivalUs: number): boolean {
    return this.#items >= settleItems && arrivalUs - (this.#firstArrivalUs ?? arrivalUs) >= settleUs;
  }
}
