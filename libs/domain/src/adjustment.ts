import { positionDefaults, type AdjustmentChoice, type AdjustmentKind } from '@fairtake/contracts';
import type { QuestionKind, QuestionSettings } from '@fairtake/contracts';

/** Limits of one question before any adjustment. Seconds. */
export interface QuestionLimits {
  thinkSeconds: number | null;
  answerSeconds: number;
  takes: number;
}

/** What of an adjustment changes limits. `thinkFactor` null means no limit on thinking. */
export type GrantedLimits = Pick<
  AdjustmentChoice,
  'thinkFactor' | 'answerFactor' | 'extraTakes' | 'hideCountdown'
>;

export type AdjustedLimits = QuestionLimits & { showCountdown: boolean };

/** Nothing changed: what everybody has who asked for nothing. */
export const noAdjustment: AdjustmentChoice = {
  thinkFactor: 1,
  answerFactor: 1,
  extraTakes: 0,
  audioOnly: false,
  textAnswers: false,
  questionsInAdvance: false,
  largerText: false,
  reducedMotion: false,
  hideCountdown: false,
};

/** Applies a granted adjustment to a question's limits; without one the limits stay as they are. */
export function adjustLimits(limits: QuestionLimits, granted: GrantedLimits | null): AdjustedLimits {
  if (!granted) return { ...limits, showCountdown: true };
  return {
    thinkSeconds:
      limits.thinkSeconds === null || granted.thinkFactor === null
        ? null
        : Math.ceil(limits.thinkSeconds * granted.thinkFactor),
    answerSeconds: Math.ceil(limits.answerSeconds * granted.answerFactor),
    takes: limits.takes + granted.extraTakes,
    showCountdown: !granted.hideCountdown,
  };
}

/** A question as far as an adjustment can change it. */
export interface AdjustableQuestion extends QuestionLimits {
  kind: QuestionKind;
  settings: QuestionSettings | null;
}

/**
 * The question as this person meets it: kind, settings and every limit. The only place where an adjustment becomes
 * effective; whatever issues windows, opens takes or bounds bytes asks here.
 */
export function adjustQuestion<Question extends AdjustableQuestion>(
  question: Question,
  granted: AdjustmentChoice | null,
): Question & { showCountdown: boolean } {
  return {
    ...question,
    ...adjustLimits(
      {
        thinkSeconds: question.thinkSeconds,
        answerSeconds: question.answerSeconds,
        takes: question.takes,
      },
      granted,
    ),
    ...adjustedKind(question, granted),
  };
}

/** Only what is spoken changes its kind: a shared screen, a choice or a file has no equal in words. */
function adjustedKind(
  { kind, settings }: AdjustableQuestion,
  granted: AdjustmentChoice | null,
): Pick<AdjustableQuestion, 'kind' | 'settings'> {
  const spoken = kind === 'video' || kind === 'audio';
  if (granted?.textAnswers && spoken)
    return { kind: 'text', settings: { kind: 'text', maxCharacters: positionDefaults.textCharacters } };
  if (granted?.audioOnly && kind === 'video') return { kind: 'audio', settings };
  return { kind, settings };
}

/** Kinds of adjustment a choice makes use of. How the page looks is none of them. */
export function usedKinds(choice: AdjustmentChoice): AdjustmentKind[] {
  const used: Record<AdjustmentKind, boolean> = {
    think_time: choice.thinkFactor !== 1,
    answer_time: choice.answerFactor !== 1,
    extra_takes: choice.extraTakes > 0,
    audio_only: choice.audioOnly,
    text_answers: choice.textAnswers,
    questions_in_advance: choice.questionsInAdvance,
  };
  return (Object.keys(used) as AdjustmentKind[]).filter((kind) => used[kind]);
}

/** Whether `wanted` goes beyond `granted` in anything a position may refuse. Wanting less needs no leave. */
export function goesBeyond(wanted: AdjustmentChoice, granted: AdjustmentChoice): boolean {
  return (
    beyondFactor(wanted.thinkFactor, granted.thinkFactor) ||
    wanted.answerFactor > granted.answerFactor ||
    wanted.extraTakes > granted.extraTakes ||
    (wanted.audioOnly && !granted.audioOnly) ||
    (wanted.textAnswers && !granted.textAnswers) ||
    (wanted.questionsInAdvance && !granted.questionsInAdvance)
  );
}

const beyondFactor = (wanted: number | null, granted: number | null): boolean =>
  granted !== null && (wanted === null || wanted > granted);

/** What of `wanted` applies without anybody's leave: how the page looks, and whatever is no more than granted. */
export function withoutLeave(wanted: AdjustmentChoice, granted: AdjustmentChoice): AdjustmentChoice {
  return {
    ...wanted,
    thinkFactor: beyondFactor(wanted.thinkFactor, granted.thinkFactor)
      ? granted.thinkFactor
      : wanted.thinkFactor,
    answerFactor: wanted.answerFactor > granted.answerFactor ? granted.answerFactor : wanted.answerFactor,
    extraTakes: Math.min(wanted.extraTakes, granted.extraTakes),
    audioOnly: wanted.audioOnly && granted.audioOnly,
    textAnswers: wanted.textAnswers && granted.textAnswers,
    questionsInAdvance: wanted.questionsInAdvance && granted.questionsInAdvance,
  };
}
