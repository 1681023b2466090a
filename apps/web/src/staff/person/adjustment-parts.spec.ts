import type { AdjustmentChoice } from '@fairtake/contracts';
import { noAdjustment } from '@fairtake/domain';
import { adjustmentParts, grantedPart } from './adjustment-parts';

const wanted: AdjustmentChoice = {
  ...noAdjustment,
  ...{ thinkFactor: null, answerFactor: 1.5, extraTakes: 2, audioOnly: true, largerText: true },
};

it('names what changes the interview, and nothing of how the page looks', () => {
  expect(adjustmentParts(wanted).map((part) => part.kind)).toEqual([
    'think_time',
    'answer_time',
    'extra_takes',
    'audio_only',
  ]);
  expect(adjustmentParts(noAdjustment)).toEqual([]);
});

it('leaves what is not granted as it was', () => {
  const before = { ...noAdjustment, answerFactor: 1.5 } as const;
  expect(grantedPart(wanted, before, new Set(['extra_takes']))).toEqual({
    ...wanted,
    ...{ thinkFactor: 1, answerFactor: 1.5, extraTakes: 2, audioOnly: false },
  });
});
