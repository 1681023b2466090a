/** Long enough for one delivery that was not late; nothing is recorded meanwhile. */
const settleUs = 150_000;
const settleItems = 3;

/** An arrival so much earlier than all before is a clock that was set, not a delay that fell. */
const betterMaxUs = 2_000_000;

/**
 * Places one track's timestamps on the page's clock. Chromium stamps pictures and sound from different origins
 * (measured with Chromium 156: pictures since the computer started, sound since the page did), so each track is
 * placed by its arrivals: the earliest arrival is the one with the least delay. On a busy machine all that come while
 * settling may be late by tenths of a second, so it goes on learning. Sound cannot be moved once it is recorded: it
 * stays where it was placed first, and the pictures follow it by `lateUs`.
 */
export class TrackClock {
  readonly #moves: boolean;
  #offsetUs = Number.POSITIVE_INFINITY;
  #firstOffsetUs: number | null = null;
  #firstArrivalUs: number | null = null;
  #items = 0;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** @param options.moves whether what was learned later counts, at the price of items that are left out */
  constructor({ moves }: { moves: boolean }) {
    this.#moves = moves;
  }

  /** How much too late a track that does not move is placed, as far as is known. */
  get lateUs(): number {
    return this.#firstOffsetUs === null ? 0 : this.#firstOffsetUs - this.#offsetUs;
  }

  /**
   * @param followUs what the other track is late by
   * @returns microseconds of the page's clock, always growing; null while settling, or when it would not grow
   */
  place(timestampUs: number, arrivalUs: number, followUs = 0): number | null {
    this.#firstArrivalUs ??= arrivalUs;
    const offsetUs = arrivalUs - timestampUs;
    if (!this.#isSettled(arrivalUs)) {
      this.#items++;
      this.#offsetUs = Math.min(this.#offsetUs, offsetUs);
      return null;
    }
    this.#firstOffsetUs ??= this.#offsetUs;
    if (offsetUs > this.#offsetUs - betterMaxUs) this.#offsetUs = Math.min(this.#offsetUs, offsetUs);
    const atUs = timestampUs + (this.#moves ? this.#offsetUs + followUs : this.#firstOffsetUs);
    // A timestamp that does not grow would end the muxer; the browser's own repeats happen after a sleep.
    if (atUs <= this.#lastUs) return null;
    this.#lastUs = atUs;
    return atUs;
  }

  #isSettled(arrivalUs: number): boolean {
    return this.#items >= settleItems && arrivalUs - (this.#firstArrivalUs ?? arrivalUs) >= settleUs;
  }
}
