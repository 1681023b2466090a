import type { LinkReports } from '../recording-sink';
import { RungChooser } from './fit-rule';
import { ladder, rungBytesPerSecond, type RungName } from './ladder';
import { ProducedRate } from './produced-rate';

/** What to do now: nothing, another bitrate in the same segment, or a new segment at `rung`. */
export type RungStep = { do: 'nothing' } | { do: 'aim'; rung: number } | { do: 'cut'; rung: number };

export interface RungControlOptions {
  start: RungName;
  floor: RungName;
  /** At the first reading, by the monotonic clock. */
  nowMs: number;
  /** How many segments may be spent on the ladder; the rest is kept for faults, rotations and returns. */
  segmentBudget: number;
  link: LinkReports;
  remainingMs: () => number | null;
}

/** Without a limit of its own an answer is planned for this long. */
const unknownLeftMs = 120_000;
/** A recorder that can aim keeps its size this long while only one rung away: the sender may recover. */
const settleMs = 15_000;
const betweenCutsMs = 4_000;

/**
 * Turns readings of the link into steps of the recording. Segments are few, so where the encoder can change its
 * bitrate one rung is crossed without a cut, and a size follows only when the rung stays away or moves two further.
 */
export class RungControl {
  readonly #options: RungControlOptions;
  readonly #chooser: RungChooser;
  readonly #produced: ProducedRate;
  /** Rung whose size and frame rate are being recorded, and whose bitrate is aimed at. */
  #shape: number;
  #aim: number;
  #apartSinceMs: number | null = null;
  #cutAtMs: number;
  #cutsLeft: number;

  constructor(options: RungControlOptions) {
    this.#options = options;
    this.#chooser = new RungChooser(options);
    this.#shape = this.#chooser.index;
    this.#aim = this.#shape;
    this.#produced = new ProducedRate(options.nowMs);
    this.#cutAtMs = options.nowMs;
    this.#cutsLeft = options.segmentBudget;
  }

  /** Rung being recorded now. */
  get rung(): number {
    return this.#shape;
  }

  /** Rung that is wanted now: where the next segment should begin. */
  get wanted(): number {
    return this.#chooser.index;
  }

  produced(sizeBytes: number, nowMs: number): void {
    this.#produced.add(sizeBytes, nowMs);
  }

  /** A segment begins at this rung, for whatever reason. */
  began(rung: number, nowMs: number): void {
    this.#shape = rung;
    this.#aim = rung;
    this.#apartSinceMs = null;
    this.#cutAtMs = nowMs;
    this.#produced.restart(nowMs);
  }

  /** To be asked about once a second. A `cut` is taken off the budget. */
  step(nowMs: number, recorder: { canAim: boolean; overloaded: boolean }): RungStep {
    const wanted = this.#chooser.observe(this.#reading(nowMs, recorder.overloaded));
    if (wanted === this.#shape) this.#apartSinceMs = null;
    else this.#apartSinceMs ??= nowMs;
    // Fewer bits do not help a device that is too slow for the size.
    const canSettle = recorder.canAim && !recorder.overloaded;
    if (wanted !== this.#shape && this.#isTimeToCut(wanted, nowMs, canSettle)) {
      this.#cutsLeft--;
      return { do: 'cut', rung: wanted };
    }
    // Without a picture here or there, there is no bitrate to aim at.
    const pictures = ladder[wanted]!.shortSide !== null && ladder[this.#shape]!.shortSide !== null;
    if (!recorder.canAim || !pictures || wanted === this.#aim) return { do: 'nothing' };
    this.#aim = wanted;
    this.#produced.restart(nowMs);
    return { do: 'aim', rung: wanted };
  }

  #reading(nowMs: number, overloaded: boolean) {
    const { link, remainingMs } = this.#options;
    const { bytesPerSecond, backlogBytes } = link.getSnapshot();
    const askedBytesPerSecond = rungBytesPerSecond(ladder[this.#aim]!);
    return {
      ...{ nowMs, bytesPerSecond, backlogBytes, overloaded, askedBytesPerSecond },
      producedBytesPerSecond: this.#produced.bytesPerSecond(nowMs) ?? askedBytesPerSecond,
      leftSeconds: (remainingMs() ?? unknownLeftMs) / 1_000,
    };
  }

  #isTimeToCut(wanted: number, nowMs: number, canSettle: boolean): boolean {
    if (this.#cutsLeft <= 0 || nowMs - this.#cutAtMs < betweenCutsMs) return false;
    if (!canSettle || ladder[wanted]!.shortSide === null || ladder[this.#shape]!.shortSide === null)
      return true;
    return Math.abs(wanted - this.#shape) >= 2 || nowMs - (this.#apartSinceMs ?? nowMs) >= settleMs;
  }
}
