import type { Shortcut } from '../chrome/shortcut-sheet';
import type { KeyHint } from '../keys/key-strip';
import type { Player } from '../player/use-player';
import type { StaffText } from '../words/use-text';

type WorkspaceActions = {
  t: StaffText;
  player: Player;
  /** There is nothing to play: the keys of playing keep their usual meaning, such as Space to scroll. */
  written: boolean;
  /** Submitted or the round is closed: looking only. */
  closed: boolean;
  focusedId: string | null;
  score: (criterionId: string, level: number) => void;
  clear: (criterionId: string) => void;
  moveCriterion: (by: 1 | -1) => void;
  cannotRate: () => void;
  comment: () => void;
  submit: () => void;
  skip: () => void;
  step: (by: 1 | -1) => void;
};

/** Keys of the scoring workspace, playing first, then scoring. */
export function workspaceShortcuts(actions: WorkspaceActions): Shortcut[] {
  return actions.written ? scoringKeys(actions) : [...playingKeys(actions), ...scoringKeys(actions)];
}

function playingKeys({ t, player }: WorkspaceActions): Shortcut[] {
  const { controls, state } = player;
  return [
    { keys: ['Space', 'k'], shown: ['Space', 'K'], words: t('keys.play'), act: controls.toggle },
    { keys: ['j'], shown: ['J'], words: t('player.back10'), act: () => controls.seekBy(-10) },
    { keys: ['l'], shown: ['L'], words: t('player.forward10'), act: () => controls.seekBy(10) },
    { keys: ['ArrowLeft'], shown: ['←'], words: t('keys.back5'), act: () => controls.seekBy(-5) },
    { keys: ['ArrowRight'], shown: ['→'], words: t('keys.forward5'), act: () => controls.seekBy(5) },
    { keys: ['<', ','], shown: ['<'], words: t('keys.slower'), act: () => controls.stepRate(-1) },
    { keys: ['>', '.'], shown: ['>'], words: t('keys.faster'), act: () => controls.stepRate(1) },
    { keys: ['\\'], shown: ['\\'], words: t('keys.normalSpeed'), act: () => controls.setRate(1) },
    { keys: ['m'], shown: ['M'], words: t('player.mute'), act: () => controls.setMuted(!state.muted) },
  ];
}

function scoringKeys(actions: WorkspaceActions): Shortcut[] {
  const { t, closed, focusedId } = actions;
  const scoring = (act: (criterionId: string) => void) => () => {
    if (!closed && focusedId) act(focusedId);
  };
  return [
    ...[1, 2, 3, 4, 5].map((level) => ({
      keys: [String(level)],
      shown: [String(level)],
      words: t('keys.score', { level }),
      act: scoring((criterionId) => actions.score(criterionId, level)),
    })),
    {
      keys: ['ArrowUp'],
      shown: ['↑'],
      words: t('keys.previousCriterion'),
      act: () => actions.moveCriterion(-1),
    },
    {
      keys: ['ArrowDown'],
      shown: ['↓'],
      words: t('keys.nextCriterion'),
      act: () => actions.moveCriterion(1),
    },
    { keys: ['0', 'Backspace'], shown: ['0'], words: t('keys.clear'), act: scoring(actions.clear) },
    { keys: ['x'], shown: ['X'], words: t('rubric.cannotRate'), act: scoring(actions.cannotRate) },
    { keys: ['c'], shown: ['C'], words: t('keys.comment'), act: () => (closed ? false : actions.comment()) },
    { keys: ['Enter'], shown: ['⏎'], words: t('rubric.submitNext'), act: actions.submit },
    { keys: ['s'], shown: ['S'], words: t('keys.skip'), act: actions.skip },
    { keys: ['['], shown: ['['], words: t('keys.previousClip'), act: () => actions.step(-1) },
    { keys: [']'], shown: [']'], words: t('keys.nextClip'), act: () => actions.step(1) },
  ];
}

/** The few keys worth a line at the bottom. */
export const keyHints = (t: StaffText, written: boolean): KeyHint[] => [
  { keys: ['1', '5'], between: '–', words: t('hint.score') },
  { keys: ['↑', '↓'], words: t('hint.criterion') },
  ...(written
    ? []
    : [
        { keys: ['Space'], words: t('hint.play') },
        { keys: ['J', 'L'], words: t('hint.tenSeconds') },
        { keys: ['<', '>'], words: t('hint.speed') },
      ]),
  { keys: ['C'], words: t('hint.comment') },
  { keys: ['[', ']'], words: t('hint.clips') },
  { keys: ['?'], words: t('hint.all') },
];
