import { ActionIcon, Button } from '@mantine/core';
import {
  IconLink,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRewindBackward10,
  IconRewindForward10,
} from '@tabler/icons-react';
import { RateMenu } from '../player/rate-menu';
import { useText } from '../words/use-text';
import type { Wall } from './use-wall';
import classes from './wall-bar.module.css';

/** Controls of all panes at once. */
export function WallBar({ wall }: { wall: Wall }) {
  const t = useText();
  return (
    <div className={classes.bar} role="group" aria-label={t('compare.all')}>
      <Button
        variant="subtle"
        aria-pressed={wall.together}
        aria-keyshortcuts="y"
        className={classes.together}
        leftSection={<IconLink size={16} stroke={1.5} />}
        onClick={() => wall.setTogether(!wall.together)}
      >
        {t('compare.together')}
      </Button>
      <ActionIcon aria-label={t('compare.back10')} aria-keyshortcuts="j" onClick={() => wall.seekBy(-10)}>
        <IconRewindBackward10 size={20} stroke={1.5} />
      </ActionIcon>
      <ActionIcon
        variant="filled"
        radius="xl"
        size={36}
        aria-label={t(wall.playing ? 'compare.pauseAll' : 'compare.playAll')}
        aria-keyshortcuts="Space"
        onClick={wall.togglePlaying}
      >
        {wall.playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </ActionIcon>
      <ActionIcon aria-label={t('compare.forward10')} aria-keyshortcuts="l" onClick={() => wall.seekBy(10)}>
        <IconRewindForward10 size={20} stroke={1.5} />
      </ActionIcon>
      <RateMenu rate={wall.rate} onRate={wall.setRate} />
    </div>
  );
}
