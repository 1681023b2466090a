import type { Shortcut } from '../chrome/shortcut-sheet';
import type { KeyHint } from '../keys/key-strip';
import type { StaffText } from '../words/use-text';
import type { Wall } from './use-wall';

type CompareActions = {
  t: StaffText;
  wall: Wall;
  panes: number;
  listenTo: (index: number) => void;
  goTo: (by: 1 | -1) => void;
};

/** Keys of the compare wall. */
export function compareShortcuts({ t, wall, panes, listenTo, goTo }: CompareActions): Shortcut[] {
  return [
    { keys: ['Space', 'k'], shown: ['Space', 'K'], words: t('keys.playAll'), act: wall.togglePlaying },
    { keys: ['j'], shown: ['J'], words: t('compare.back10'), act: () => wall.seekBy(-10) },
    { keys: ['l'], shown: ['L'], words: t('compare.forward10'), act: () => wall.seekBy(10) },
    ...Array.from({ length: panes }, (_none, index) => ({
      keys: [String(index + 1)],
      shown: [String(index + 1)],
      words: t('keys.listenTo', { number: index + 1 }),
      act: () => listenTo(index),
    })),
    {
      keys: ['y'],
      shown: ['Y'],
      words: t('compare.together'),
      act: () => wall.setTogether(!wall.together),
    },
    { keys: ['n'], shown: ['N'], words: t('keys.nextQuestion'), act: () => goTo(1) },
    { keys: ['b'], shown: ['B'], words: t('keys.previousQuestion'), act: () => goTo(-1) },
  ];
}

export const compareHints = (t: StaffText): KeyHint[] => [
  { keys: ['1', '4'], between: '–', words: t('hint.listen') },
  { keys: ['Space'], words: t('hint.playAll') },
  { keys: ['J', 'L'], words: t('hint.tenSeconds') },
  { keys: ['Y'], words: t('hint.together') },
  { keys: ['N', 'B'], words: t('hint.question') },
  { keys: ['?'], words: t('hint.all') },
];
