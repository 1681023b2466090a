import type { AdjustmentChoice, QuestionKind } from '@fairtake/contracts';
import {
  adjustLimits,
  adjustQuestion,
  goesBeyond,
  noAdjustment,
  usedKinds,
  withoutLeave,
  type AdjustableQuestion,
} from './adjustment';

const limits = { thinkSeconds: 60, answerSeconds: 120, takes: 2 };
const everything: AdjustmentChoice = {
  thinkFactor: null,
  answerFactor: 2,
  extraTakes: 2,
  audioOnly: true,
  textAnswers: true,
  questionsInAdvance: true,
  largerText: true,
  reducedMotion: true,
  hideCountdown: true,
};

describe('adjustLimits', () => {
  it('leaves limits alone without an adjustment', () => {
    expect(adjustLimits(limits, null)).toEqual({ ...limits, showCountdown: true });
    expect(adjustLimits(limits, noAdjustment)).toEqual({ ...limits, showCountdown: true });
  });

  it('applies every part of a granted adjustment', () => {
    expect(
      adjustLimits(limits, { thinkFactor: 1.5, answerFactor: 2, extraTakes: 1, hideCountdown: true }),
    ).toEqual({ thinkSeconds: 90, answerSeconds: 240, takes: 3, showCountdown: false });
  });

  it('lifts the think limit when the factor is null', () => {
    expect(adjustLimits(limits, { ...noAdjustment, thinkFactor: null }).thinkSeconds).toBeNull();
  });
});

describe('adjustQuestion', () => {
  const question = (kind: QuestionKind): AdjustableQuestion => ({ ...limits, kind, settings: null });

  it.each([
    ['video', 'audio'],
    ['audio', 'audio'],
    ['screen', 'screen'],
    ['choice', 'choice'],
  ] as const)('by voice alone, %s becomes %s', (kind, effective) => {
    expect(adjustQuestion(question(kind), { ...noAdjustment, audioOnly: true }).kind).toBe(effective);
  });

  it.each([
    ['video', 'text'],
    ['audio', 'text'],
    ['screen', 'screen'],
  ] as const)('in writing, %s becomes %s', (kind, effective) => {
    const adjusted = adjustQuestion(question(kind), everything);
    expect(adjusted.kind).toBe(effective);
    expect(adjusted.settings?.kind ?? null).toBe(effective === 'text' ? 'text' : null);
  });
});

describe('what needs leave', () => {
  it('is nothing of how the page looks', () => {
    const looks = { ...noAdjustment, largerText: true, reducedMotion: true, hideCountdown: true };
    expect(goesBeyond(looks, noAdjustment)).toBe(false);
    expect(usedKinds(looks)).toEqual([]);
    expect(withoutLeave(looks, noAdjustment)).toEqual(looks);
  });

  it.each([
    { thinkFactor: 1.5 },
    { thinkFactor: null },
    { answerFactor: 2 },
    { extraTakes: 1 },
    { audioOnly: true },
    { textAnswers: true },
    { questionsInAdvance: true },
  ] satisfies Partial<AdjustmentChoice>[])('is %j', (part) => {
    const wanted = { ...noAdjustment, ...part };
    expect(goesBeyond(wanted, noAdjustment)).toBe(true);
    expect(usedKinds(wanted)).toHaveLength(1);
    expect(withoutLeave(wanted, noAdjustment)).toEqual(noAdjustment);
    expect(goesBeyond(wanted, everything)).toBe(false);
    expect(withoutLeave(wanted, everything)).toEqual(wanted);
  });

  it('is no limit at all, for someone who was granted twice the time', () => {
    expect(goesBeyond({ ...noAdjustment, thinkFactor: null }, { ...noAdjustment, thinkFactor: 2 })).toBe(
      true,
    );
    expect(goesBeyond({ ...noAdjustment, thinkFactor: 2 }, { ...noAdjustment, thinkFactor: null })).toBe(
      false,
    );
  });
});
