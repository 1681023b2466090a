import type { AdjustmentChoice } from '@fairtake/contracts';
import { decidedParts } from './decided-parts';

const nothing: AdjustmentChoice = {
  ...{ thinkFactor: 1, answerFactor: 1, extraTakes: 0 },
  ...{ audioOnly: false, textAnswers: false, questionsInAdvance: false },
  ...{ largerText: false, reducedMotion: false, hideCountdown: false },
};

it('names what was granted, and nothing else, when all was', () => {
  const wanted: AdjustmentChoice = { ...nothing, thinkFactor: null, audioOnly: true, largerText: true };
  expect(decidedParts(wanted, wanted)).toEqual({
    agreed: [
      { part: 'thinkFactor', value: null },
      { part: 'audioOnly', value: true },
    ],
    declined: [],
  });
});

it('tells a part that was granted from one that was not, and from less of it', () => {
  const wanted: AdjustmentChoice = { ...nothing, answerFactor: 2, extraTakes: 2, textAnswers: true };
  const granted: AdjustmentChoice = { ...nothing, answerFactor: 1.5, extraTakes: 2 };
  expect(decidedParts(wanted, granted)).toEqual({
    agreed: [
      { part: 'answerFactor', value: 1.5 },
      { part: 'extraTakes', value: 2 },
    ],
    declined: [
      { part: 'answerFactor', value: 2 },
      { part: 'textAnswers', value: true },
    ],
  });
});

it('does not speak of what was granted without having been asked for', () => {
  const granted: AdjustmentChoice = { ...nothing, questionsInAdvance: true };
  expect(decidedParts(nothing, granted)).toEqual({ agreed: [], declined: [] });
});
