import { fits } from '../recording/fit-rule';
import { ladder, rungBytesPerSecond, type RungName } from '../recording/ladder';

/** Below this a picture takes from the sound. */
const audioOnlyBelowBytesPerSecond = 110_000 / 8;

/** What the check says of the link, and where a recording should begin. */
export interface LinkAdvice {
  /**
   * `good`: full quality or nearly. `slow`: a smaller picture, sent mostly while recording. `very_slow`: sound only.
   */
  verdict: 'good' | 'slow' | 'very_slow';
  startRung: RungName;
  /** Seconds the link needs for a whole answer of `answerSeconds` at that rung; most of it passes while recording. */
  sendSeconds: number;
}

/**
 * Where to begin on the ladder: the best rung at which a whole answer fits the measured link (the recorder's own
 * rule, so it does not have to go down at once). Pure.
 *
 * @param bytesPerSecond acknowledged bytes per busy second, as the test clip met them
 * @param answerSeconds the longest answer's limit
 */
export function adviseOnLink(bytesPerSecond: number, answerSeconds: number): LinkAdvice {
  const pictures = ladder.filter((rung) => rung.shortSide !== null);
  const fitting = pictures.find((rung) => fits(0, rungBytesPerSecond(rung), answerSeconds, bytesPerSecond));
  const soundOnly = bytesPerSecond < audioOnlyBelowBytesPerSecond;
  const rung = soundOnly ? ladder.at(-1)! : (fitting ?? pictures.at(-1)!);
  const verdict = soundOnly ? 'very_slow' : ladder.indexOf(rung) <= 1 ? 'good' : 'slow';
  const sendSeconds = (rungBytesPerSecond(rung) * answerSeconds) / Math.max(1, bytesPerSecond);
  return { verdict, startRung: rung.name, sendSeconds };
}
