import type { AdjustmentChoice, AdjustmentKind } from '@fairtake/contracts';
import type { MessageId } from '../words/use-text';

/** One thing a person asked for: its words, and the choice without it. */
export interface AdjustmentPart {
  kind: AdjustmentKind;
  words: MessageId;
  /** A value for `{factor}` or `{count}` in the words. */
  values: Record<string, number>;
}

/** What a choice changes, in the order people are told. How their page looks is theirs and not told. */
export function adjustmentParts(choice: AdjustmentChoice): AdjustmentPart[] {
  const parts: (AdjustmentPart | false)[] = [
    choice.thinkFactor === null && { kind: 'think_time', words: 'person.thinkNoLimit', values: {} },
    choice.thinkFactor !== null &&
      choice.thinkFactor > 1 && {
        ...{ kind: 'think_time' as const, words: 'person.think' as const },
        values: { factor: choice.thinkFactor },
      },
    choice.answerFactor > 1 && {
      ...{ kind: 'answer_time', words: 'person.answer', values: { factor: choice.answerFactor } },
    },
    choice.extraTakes > 0 && {
      ...{ kind: 'extra_takes', words: 'person.takes', values: { count: choice.extraTakes } },
    },
    choice.audioOnly && { kind: 'audio_only', words: 'person.audio', values: {} },
    choice.textAnswers && { kind: 'text_answers', words: 'person.text', values: {} },
    choice.questionsInAdvance && { kind: 'questions_in_advance', words: 'person.advance', values: {} },
  ];
  return parts.filter((part) => part !== false);
}

/** The wish without the parts that are not granted: those stay as they were. */
export function grantedPart(
  wanted: AdjustmentChoice,
  before: AdjustmentChoice,
  kinds: ReadonlySet<AdjustmentKind>,
): AdjustmentChoice {
  return {
    ...wanted,
    thinkFactor: kinds.has('think_time') ? wanted.thinkFactor : before.thinkFactor,
    answerFactor: kinds.has('answer_time') ? wanted.answerFactor : before.answerFactor,
    extraTakes: kinds.has('extra_takes') ? wanted.extraTakes : before.extraTakes,
    audioOnly: kinds.has('audio_only') ? wanted.audioOnly : before.audioOnly,
    textAnswers: kinds.has('text_answers') ? wanted.textAnswers : before.textAnswers,
    questionsInAdvance: kinds.has('questions_in_advance')
      ? wanted.questionsInAdvance
      : before.questionsInAdvance,
  };
}
