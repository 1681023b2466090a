import { ladder, rungBytesPerSecond, rungIndex, type RungName } from './ladder';

/** What is known at one moment. All rates in bytes per second. */
export interface FitReading {
  nowMs: number;
  /** Goodput of the link; null while unknown. */
  bytesPerSecond: number | null;
  backlogBytes: number;
  /** What the recorder really produces, never what it was asked for: a bitrate is a hint to most encoders. */
  producedBytesPerSecond: number;
  /** What it was asked for meanwhile. */
  askedBytesPerSecond: number;
  /** Until the answer's limit. */
  leftSeconds: number;
  /** The encoder throws pictures away because it cannot keep up. */
  overloaded: boolean;
}

export interface RungChooserOptions {
  /** Where to begin, as the device check advised. */
  start: RungName;
  /** Never below this one: what the organisation asks for. */
  floor: RungName;
}

/** A part of the link is left for the unexpected. */
const usableShare = 0.85;
/** Seconds of the link that may still be under way when the answer ends. */
const tailSeconds = 2;
const downAfterMs = 4_000;
const upAfterMs = 10_000;
const slackFactor = 1.3;
/** Below this a picture takes from the sound. */
const audioOnlyBelow = 110_000 / 8;
const audioOnlyTailSeconds = 30;
/** A change so near the end costs more than it saves. */
const tooLateSeconds = 3;

/**
 * Whether the *whole* answer fits: what waits and what is still to come against what the link carries until the
 * limit, and a little after it. Pure.
 */
export function fits(
  backlogBytes: number,
  producedBytesPerSecond: number,
  leftSeconds: number,
  bytesPerSecond: number,
): boolean {
  const needed = backlogBytes + producedBytesPerSecond * leftSeconds;
  return needed <= usableShare * bytesPerSecond * leftSeconds + tailSeconds * bytesPerSecond;
}

/**
 * Chooses the rung from readings about a second apart. Pure but for what it remembers: time comes with the readings.
 * Goes down as far as needed after 4 s of not fitting, up by one after 10 s of fitting with 30 % to spare.
 */
export class RungChooser {
  readonly #floor: number;
  #at: number;
  #violatedSinceMs: number | null = null;
  #slackSinceMs: number | null = null;
  /** The newest two different measures of the link, newest first. */
  #rates: number[] = [];

  constructor({ start, floor }: RungChooserOptions) {
    this.#floor = rungIndex(floor);
    this.#at = Math.min(rungIndex(start), this.#floor);
  }

  get index(): number {
    return this.#at;
  }

  /** @returns the index on the ladder to record at from now on. */
  observe(reading: FitReading): number {
    const rate = this.#trustedRate(reading.bytesPerSecond);
    if (reading.leftSeconds < tooLateSeconds) return this.#at;
    const violated = reading.overloaded || (rate !== null && !this.#fitsNow(reading, rate));
    const slack = !violated && rate !== null && this.#wouldFitAbove(reading, rate);
    this.#violatedSinceMs = violated ? (this.#violatedSinceMs ?? reading.nowMs) : null;
    this.#slackSinceMs = slack ? (this.#slackSinceMs ?? reading.nowMs) : null;
    if (this.#violatedSinceMs !== null && reading.nowMs - this.#violatedSinceMs >= downAfterMs)
      this.#moveTo(this.#below(reading, rate));
    else if (this.#slackSinceMs !== null && reading.nowMs - this.#slackSinceMs >= upAfterMs)
      this.#moveTo(this.#at - 1);
    return this.#at;
  }

  /** Each change starts both waits anew: its effect has to be seen first. */
  #moveTo(index: number): void {
    this.#at = index;
    this.#violatedSinceMs = null;
    this.#slackSinceMs = null;
  }

  /** The better of the last two measures: one slow answer of the server must not cost quality. */
  #trustedRate(rate: number | null): number | null {
    if (rate !== null && rate !== this.#rates[0]) this.#rates = [rate, ...this.#rates.slice(0, 1)];
    return this.#rates.length === 0 ? null : Math.max(...this.#rates);
  }

  #fitsNow({ backlogBytes, producedBytesPerSecond, leftSeconds }: FitReading, rate: number): boolean {
    return fits(backlogBytes, producedBytesPerSecond, leftSeconds, rate);
  }

  #wouldFitAbove(reading: FitReading, rate: number): boolean {
    const above = this.#at - 1;
    if (above < 0 || (ladder[this.#at]!.name === 'audio' && rate < audioOnlyBelow * slackFactor))
      return false;
    const { backlogBytes, leftSeconds } = reading;
    const needed = this.#expected(above, reading) * slackFactor;
    return fits(backlogBytes * slackFactor, needed, leftSeconds, rate);
  }

  /** The next rung whose expected bytes fit; a picture is given up only where it could not arrive in time. */
  #below(reading: FitReading, rate: number | null): number {
    const next = Math.min(this.#at + 1, this.#floor);
    if (this.#at === this.#floor) return this.#at;
    if (rate === null) return this.#withPicture(next);
    const { backlogBytes, leftSeconds } = reading;
    for (let index = next; index < this.#floor; index++) {
      if (ladder[index]!.name === 'audio') break;
      if (fits(backlogBytes, this.#expected(index, reading), leftSeconds, rate)) return index;
    }
    if (ladder[this.#floor]!.name !== 'audio') return this.#floor;
    const lowestPicture = this.#floor - 1;
    const produced = this.#expected(lowestPicture, reading);
    const tail = (backlogBytes + (produced - rate) * leftSeconds) / rate;
    const giveUpPicture = rate < audioOnlyBelow || tail > audioOnlyTailSeconds;
    return giveUpPicture ? this.#floor : lowestPicture;
  }

  #withPicture(index: number): number {
    return ladder[index]!.name === 'audio' ? index - 1 : index;
  }

  /** Bytes per second a rung will produce, with the surplus the encoder shows now. */
  #expected(index: number, { producedBytesPerSecond, askedBytesPerSecond }: FitReading): number {
    const nominal = rungBytesPerSecond(ladder[index]!);
    const surplus = producedBytesPerSecond / askedBytesPerSecond;
    return ladder[index]!.name === 'audio' ? nominal : nominal * Math.max(1, surplus);
  }
}
