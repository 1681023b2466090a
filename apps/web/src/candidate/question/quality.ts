import type { RungName } from '@fairtake/capture';

/** What was said last about the quality, and what it is measured by. */
export type Quality = {
  /** The best quality of this take so far. */
  best: RungName;
  said: 'smaller' | 'soundOnly' | 'pictureBack' | null;
};

/** From best to least, as the ladder of the recorder has it. */
const order: readonly RungName[] = ['720p30', '540p30', '360p24', '360p15', '180p10', 'audio'];

/**
 * What to say when a take is recorded at this quality; null while nothing is recorded. Getting a little better or
 * worse again is not worth a word.
 */
export function qualityChange(before: Quality | null, rung: RungName | null): Quality | null {
  if (rung === null) return before;
  if (before === null) return { best: rung, said: null };
  const place = order.indexOf(rung);
  const best = order[Math.min(place, order.indexOf(before.best))]!;
  if (rung === best) return { best, said: before.said === null ? null : 'pictureBack' };
  if (rung === 'audio') return { best, said: 'soundOnly' };
  return {
    best,
    said: before.said === 'soundOnly' || before.said === 'pictureBack' ? 'pictureBack' : 'smaller',
  };
}
