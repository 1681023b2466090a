import type { MessageId } from '../messages';
import type { Text } from '../../intl/use-text';
import type { Part } from './decided-parts';

const factorWords = { 1: 'adjust.asSet', 1.5: 'adjust.half', 2: 'adjust.double' } as const;
const takeWords = ['adjust.asSet', 'adjust.takes.one', 'adjust.takes.two'] as const;

/** A part in the words of the form it was chosen in. */
export function nameOf(part: Part, t: Text<MessageId>): string {
  const pair = (name: MessageId, value: MessageId): string =>
    t('adjust.pair', { name: t(name), value: t(value) });
  switch (part.part) {
    case 'thinkFactor':
      return pair('adjust.think', part.value === null ? 'adjust.noLimit' : factorWords[part.value]);
    case 'answerFactor':
      return pair('adjust.answer', factorWords[part.value]);
    case 'extraTakes':
      return pair('adjust.takes', takeWords[part.value] ?? 'adjust.takes.two');
    case 'audioOnly':
      return t('adjust.audio');
    case 'textAnswers':
      return t('adjust.text');
    case 'questionsInAdvance':
      return t('adjust.advance');
  }
}
