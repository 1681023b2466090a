import type { AdjustmentChoice } from '@fairtake/contracts';

const askable = [
  'thinkFactor',
  'answerFactor',
  'extraTakes',
  'audioOnly',
  'textAnswers',
  'questionsInAdvance',
] as const satisfies readonly (keyof AdjustmentChoice)[];
type Askable = (typeof askable)[number];

/** One thing that may be changed, with a value that is not the usual one. */
export type Part = { [Key in Askable]: { part: Key; value: AdjustmentChoice[Key] } }[Askable];

const usual = (part: Askable): AdjustmentChoice[Askable] => {
  if (part === 'thinkFactor' || part === 'answerFactor') return 1;
  return part === 'extraTakes' ? 0 : false;
};

/**
 * What came of a request: the parts that are in force of what was asked, each as granted (half as much again instead
 * of twice as much is both), and the parts that were not granted as asked.
 */
export function decidedParts(
  wanted: AdjustmentChoice,
  granted: AdjustmentChoice,
): { agreed: readonly Part[]; declined: readonly Part[] } {
  const asked = askable.filter((part) => wanted[part] !== usual(part));
  return {
    agreed: asked.filter((part) => granted[part] !== usual(part)).map((part) => partOf(part, granted)),
    declined: asked.filter((part) => granted[part] !== wanted[part]).map((part) => partOf(part, wanted)),
  };
}

const partOf = (part: Askable, choice: AdjustmentChoice): Part => ({ part, value: choice[part] }) as Part;
